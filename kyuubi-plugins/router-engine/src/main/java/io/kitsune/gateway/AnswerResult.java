// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.answer.AnswerCursor;
import io.kitsune.gateway.thrift.encoding.EncodedResult;
import io.kitsune.gateway.thrift.encoding.EncodedRowSet;
import io.kitsune.gateway.thrift.encoding.Encoding;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/** Rows in memory; they can be read again from the first. */
final class AnswerResult implements OperationResult {
  private final Answer answer;
  private final Encoding encoding;
  private EncodedResult encoded;

  AnswerResult(Answer answer, Encoding encoding) {
    this.answer = answer;
    this.encoding = encoding;
    this.encoded = encode();
  }

  private EncodedResult encode() {
    return EncodedResult.of(new AnswerCursor(answer), encoding);
  }

  @Override
  public TTableSchema schema() {
    return encoded.schema();
  }

  @Override
  public List<String> hints() {
    return encoded.hints();
  }

  @Override
  public EncodedRowSet fetch(TFetchOrientation orientation, long maxRows) {
    if (orientation == TFetchOrientation.FETCH_FIRST) {
      encoded = encode();
      return encoded.fetch(TFetchOrientation.FETCH_NEXT, maxRows);
    }
    return encoded.fetch(orientation, maxRows);
  }

  @Override
  public void cancel() {
    // Nothing waits.
  }

  @Override
  public void close() {
    // Rows in memory.
  }
}
