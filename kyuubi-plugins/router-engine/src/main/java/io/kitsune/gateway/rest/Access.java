// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.javalin.http.Context;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Who may call: the user by HTTP Basic, as TCLIService's SASL PLAIN has it, and no web page of
 * another origin, for a browser on this machine reaches a loopback port, too. Thread-safe.
 */
final class Access {
  private static final String USER = "kitsune.user";

  private final Set<String> allowedOrigins;
  private final boolean onLoopback;
  private final String host;
  private final Logins logins;

  Access(RestSettings settings, Authenticator authenticator) {
    this.allowedOrigins = settings.allowedOrigins();
    this.onLoopback = settings.onLoopback();
    this.host = settings.address().getHostString().toLowerCase(Locale.ROOT);
    this.logins = new Logins(authenticator);
  }

  /**
   * Refuses what a page of another origin sends, and answers its browser's question whether it may.
   *
   * @return true if the request is answered with that
   * @throws ProblemException 403
   */
  boolean checkOrigin(Context context) {
    requireOwnName(context);
    String origin = context.header("Origin");
    if (origin == null) {
      requireSameSite(context);
      return false;
    }
    if (allowedOrigins.contains(origin)) {
      return admit(context, origin);
    }
    String own = context.scheme() + "://" + context.header("Host");
    if (!origin.equalsIgnoreCase(own)) {
      throw refused("Pages of '%s' may not call: kitsune.rest.allowed-origins.".formatted(origin));
    }
    return false;
  }

  /**
   * A name that an attacker's DNS server points at this machine would make their page one of ours;
   * the port of the loopback has its own names only.
   */
  private void requireOwnName(Context context) {
    if (!onLoopback) {
      return;
    }
    String name = Optional.ofNullable(context.header("Host")).map(Access::name).orElse("");
    if (!name.equals(host) && !name.equals("localhost") && !isLoopbackAddress(name)) {
      throw refused(
          "'%s' is no name of this address; call it localhost or 127.0.0.1.".formatted(name));
    }
  }

  private static String name(String hostAndPort) {
    try {
      String name = new URI("http://" + hostAndPort).getHost();
      return name == null ? "" : name.toLowerCase(Locale.ROOT);
    } catch (URISyntaxException e) {
      return "";
    }
  }

  /** Never asks a name server: only what is written as an address can be one. */
  private static boolean isLoopbackAddress(String name) {
    boolean written =
        name.startsWith("[") || (!name.isEmpty() && name.chars().allMatch(Access::ofAddress));
    try {
      return written && InetAddress.getByName(name).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean ofAddress(int c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static void requireSameSite(Context context) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw refused("Pages of other sites may not call: kitsune.rest.allowed-origins.");
    }
  }

  private static boolean admit(Context context, String origin) {
    context.header("Access-Control-Allow-Origin", origin);
    context.header("Access-Control-Allow-Credentials", "true");
    context.header("Access-Control-Expose-Headers", "Location, Retry-After, Allow");
    context.header("Vary", "Origin");
    boolean question =
        context.req().getMethod().equals("OPTIONS")
            && context.header("Access-Control-Request-Method") != null;
    if (question) {
      context.header("Access-Control-Allow-Methods", "GET, POST, DELETE");
      context.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
      context.header("Access-Control-Max-Age", "600");
      context.status(HttpStatus.NO_CONTENT_204);
    }
    return question;
  }

  private static ProblemException refused(String detail) {
    return new Problem(HttpStatus.FORBIDDEN_403, "ORIGIN_REFUSED", "42501", detail).exception();
  }

  /**
   * Finds out who calls.
   *
   * @throws ProblemException 401
   */
  void authenticate(Context context) {
    try {
      context.attribute(USER, logins.user(context.header("Authorization"), client(context)));
    } catch (KitsuneException e) {
      if (e.code().equals(Authenticator.FAILED)) {
        context.header("WWW-Authenticate", "Basic realm=\"Kitsune\", charset=\"UTF-8\"");
      }
      throw Problem.of(e).exception();
    }
  }

  /** Where the request comes from. */
  static InetAddress client(Context context) {
    try {
      return InetAddress.getByName(context.req().getRemoteAddr());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a peer without an address", e);
    }
  }

  /** Who calls, as {@link #authenticate} found out. */
  static String user(Context context) {
    String user = context.attribute(USER);
    if (user == null) {
      throw new IllegalStateException("nobody was asked for a name");
    }
    return user;
  }
}
