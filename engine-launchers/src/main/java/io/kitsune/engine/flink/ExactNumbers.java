// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * Hands on numbers with a fraction as the text that they are written as: a double has too few
 * digits for a decimal, and a decimal has no negative zero.
 */
final class ExactNumbers extends JsonParserDelegate {
  ExactNumbers(JsonParser parser) {
    super(parser);
  }

  private static JsonToken text(JsonToken token) {
    return token == JsonToken.VALUE_NUMBER_FLOAT ? JsonToken.VALUE_STRING : token;
  }

  @Override
  public JsonToken nextToken() throws IOException {
    return text(super.nextToken());
  }

  @Override
  public JsonToken nextValue() throws IOException {
    return text(super.nextValue());
  }

  @Override
  public JsonToken currentToken() {
    return text(super.currentToken());
  }

  @Override
  public int currentTokenId() {
    JsonToken token = currentToken();
    return token == null ? super.currentTokenId() : token.id();
  }

  @Override
  public boolean hasToken(JsonToken token) {
    return currentToken() == token;
  }

  @Override
  public boolean hasTokenId(int id) {
    return currentTokenId() == id;
  }
}
