// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Column;
import java.time.ZoneId;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;

/**
 * How a client wants its rows.
 *
 * @param protocol the version agreed on when the session was opened; before V6 rows, since V6
 *     columns
 * @param zone the session's time zone, in which TIMESTAMP is shown
 * @param maxBytes about how many bytes a row set may have on the wire; one row is always sent,
 *     however large
 * @param format what the client asks for; a result whose columns do not fit goes as rows
 */
public record Encoding(TProtocolVersion protocol, ZoneId zone, long maxBytes, ResultFormat format) {
  /** 16 MiB: a sixth of what a client's Thrift library accepts as a message (100 MB). */
  public static final long DEFAULT_MAX_BYTES = 16L << 20;

  public Encoding {
    requireNonNull(protocol, "protocol");
    requireNonNull(zone, "zone");
    requireNonNull(format, "format");
    if (maxBytes < 1) {
      throw new IllegalArgumentException("a row set has at least one byte: " + maxBytes);
    }
  }

  /** Thrift rows, with the default bound on a row set's size. */
  public static Encoding of(TProtocolVersion protocol, ZoneId zone) {
    return new Encoding(protocol, zone, DEFAULT_MAX_BYTES, ResultFormat.THRIFT);
  }

  /** The same in another format. */
  public Encoding in(ResultFormat wanted) {
    return new Encoding(protocol, zone, maxBytes, wanted);
  }

  /** What a result with these columns gets: Arrow if that was asked for and fits, else rows. */
  Encoding of(List<Column> columns) {
    boolean fits = arrow() && columnar() && ArrowFit.fits(columns, format);
    return in(fits ? ResultFormat.ARROW : ResultFormat.THRIFT);
  }

  boolean arrow() {
    return format != ResultFormat.THRIFT;
  }

  /** What the client is told, of a format that is settled. */
  List<String> hints() {
    return arrow() ? ResultHints.ARROW : ResultHints.THRIFT;
  }

  boolean columnar() {
    return protocol.compareTo(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V6) >= 0;
  }
}
