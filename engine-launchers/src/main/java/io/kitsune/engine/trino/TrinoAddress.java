// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.airlift.units.Duration;
import io.kitsune.engine.trino.TrinoSource.Authentication;
import io.kitsune.engine.trino.TrinoSource.StatementExtras;
import io.kitsune.engine.trino.TrinoSource.Trust;
import io.kitsune.secret.SecretReference;
import io.trino.client.ClientSelectedRole;
import io.trino.client.ClientSession;
import io.trino.client.OkHttpUtil;
import java.net.URI;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * A Trino server and how to be let in. Immutable, thread-safe; its text is the URL.
 *
 * <p>A server started here speaks plain HTTP on the loopback interface and asks for a token; Trino
 * takes tokens over HTTPS only, or from a proxy that says it was HTTPS, and the gateway says so.
 */
final class TrinoAddress {
  private static final int CONNECT_SECONDS = 10;

  /** OkHttp's own threads would keep the gateway alive for a minute. */
  private static final ExecutorService THREADS = DaemonThreads.named("trino-http");

  private final URI url;
  private final StatementExtras extras;
  private final java.time.Duration answer;
  private final OkHttpClient connections;
  private final Function<String, Interceptor> authentication;

  private TrinoAddress(
      URI url,
      StatementExtras extras,
      java.time.Duration answer,
      OkHttpClient.Builder connections,
      Function<String, Interceptor> authentication) {
    this.url = url;
    this.extras = extras;
    this.answer = answer;
    this.connections =
        connections
            .dispatcher(new Dispatcher(THREADS))
            .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .readTimeout(answer)
            .writeTimeout(answer)
            .build();
    this.authentication = authentication;
  }

  /** One started here. */
  static TrinoAddress started(int port, LoopbackToken token, java.time.Duration answer) {
    return new TrinoAddress(
        URI.create("http://127.0.0.1:" + port),
        StatementExtras.NONE,
        answer,
        new OkHttpClient.Builder(),
        user -> throughLoopback("Bearer " + token.of(user)));
  }

  private static Interceptor throughLoopback(String authorization) {
    return chain -> {
      Request request = chain.request();
      return chain.proceed(
          request
              .newBuilder()
              // The server, told that it was HTTPS, answers with such addresses.
              .url(request.url().newBuilder().scheme("http").build())
              .header("X-Forwarded-Proto", "https")
              .header("Authorization", authorization)
              .build());
    };
  }

  /** Somebody else's. Reads the trust store's password. */
  static TrinoAddress of(TrinoSource.Endpoint endpoint, java.time.Duration answer) {
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    if (endpoint.url().getScheme().equalsIgnoreCase("https")) {
      trust(builder, endpoint.trust());
    }
    OkHttpUtil.setupCookieJar(builder);
    return new TrinoAddress(
        endpoint.url(),
        endpoint.extras(),
        answer,
        builder,
        user -> authentication(endpoint.authentication()));
  }

  private static void trust(OkHttpClient.Builder builder, Trust trust) {
    Optional<String> file = Optional.empty();
    Optional<String> password = Optional.empty();
    if (trust instanceof Trust.PemFile pem) {
      file = Optional.of(pem.file().toString());
    } else if (trust instanceof Trust.KeyStore store) {
      file = Optional.of(store.file().toString());
      password = Optional.of(store.password().read());
    }
    OkHttpUtil.setupSsl(
        builder,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        file,
        password,
        Optional.empty(),
        false);
  }

  /** Read anew for each session, so that a rotated secret is seen. */
  private static Interceptor authentication(Authentication authentication) {
    if (authentication instanceof Authentication.Password password) {
      return OkHttpUtil.basicAuth(password.user(), password.password().read());
    } else if (authentication instanceof Authentication.AccessToken token) {
      return OkHttpUtil.tokenAuth(token.token().read());
    }
    return chain -> chain.proceed(chain.request());
  }

  URI url() {
    return url;
  }

  /** An HTTP client with that end user's credentials; it shares its connections with the others. */
  OkHttpClient clientFor(String user) {
    return connections.newBuilder().addInterceptor(authentication.apply(user)).build();
  }

  /** What Trino is told with a statement. */
  ClientSession session(String user, ZoneId zone) {
    return ClientSession.builder()
        .server(url)
        .user(Optional.of(user))
        .source(extras.source())
        .clientTags(extras.clientTags())
        .properties(extras.sessionProperties())
        .roles(
            extras.roles().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        role ->
                            new ClientSelectedRole(
                                ClientSelectedRole.Type.ROLE, Optional.of(role.getValue())))))
        .credentials(
            extras.credentials().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, secret -> read(secret.getValue()))))
        .timeZone(zone)
        .clientRequestTimeout(new Duration(answer.toMillis(), TimeUnit.MILLISECONDS))
        .build();
  }

  private static String read(SecretReference place) {
    return place.read();
  }

  /** Ends its idle connections. */
  void close() {
    connections.connectionPool().evictAll();
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
