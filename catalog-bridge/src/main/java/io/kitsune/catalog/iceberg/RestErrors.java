// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import io.kitsune.error.KitsuneException;
import java.net.SocketTimeoutException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchWarehouseException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;

/**
 * Turns what Iceberg's REST client throws into errors that say which catalog, which server and what
 * to do.
 *
 * @param catalog the catalog's name
 * @param uri the server's address, without credentials
 */
record RestErrors(String catalog, String uri) {
  /**
   * The error for a failed call.
   *
   * @param doing what was tried ("loading table a.b")
   */
  KitsuneException translate(String doing, RuntimeException e) {
    if (e instanceof KitsuneException known) {
      return known;
    }
    if (e instanceof NotAuthorizedException) {
      return error(
          "CATALOG_NOT_AUTHENTICATED",
          "28000",
          doing,
          "the server does not accept the credential: check the catalog's credential or token",
          e);
    }
    if (e instanceof ForbiddenException) {
      return error(
          "CATALOG_ACCESS_DENIED",
          "42501",
          doing,
          "the server forbids it: ask for the permission there",
          e);
    }
    if (e instanceof NoSuchNamespaceException) {
      return error("CATALOG_NAMESPACE_NOT_FOUND", "42704", doing, "there is no such namespace", e);
    }
    if (e instanceof NoSuchWarehouseException) {
      return error(
          "CATALOG_WAREHOUSE_NOT_FOUND",
          "42704",
          doing,
          "there is no such warehouse, or no Iceberg REST catalog: check that uri is right, and"
              + " warehouse",
          e);
    }
    if (e instanceof ServiceFailureException || e instanceof ServiceUnavailableException) {
      return error(
          "CATALOG_SERVER_FAILED",
          "58000",
          doing,
          "the server failed: see its log, or try again",
          e);
    }
    if (e instanceof BadRequestException || e instanceof UnprocessableEntityException) {
      return error("CATALOG_REQUEST_REFUSED", "58000", doing, "the server refuses the request", e);
    }
    if (causedBy(e, SocketTimeoutException.class)) {
      return error(
          "CATALOG_TIMEOUT",
          "08001",
          doing,
          "the server did not answer in time: see connect-timeout and read-timeout",
          e);
    }
    if (causedBy(e, java.io.IOException.class)) {
      return error(
          "CATALOG_UNREACHABLE",
          "08001",
          doing,
          "the server cannot be reached: check that it runs and that uri is right",
          e);
    }
    if (e instanceof RESTException) {
      return error(
          "CATALOG_SERVER_FAILED",
          "58000",
          doing,
          "the server answered what is no Iceberg REST catalog's answer: check that uri is right",
          e);
    }
    return error("CATALOG_FAILED", "58000", doing, "it failed", e);
  }

  private KitsuneException error(
      String code, String sqlState, String doing, String what, RuntimeException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : firstLine(e);
    return new KitsuneException(
        code,
        sqlState,
        "catalog %s at %s, %s: %s (%s)".formatted(catalog, uri, doing, what, reason),
        e);
  }

  // Servers put whole stack traces into their messages.
  private static String firstLine(RuntimeException e) {
    String line = e.getMessage().lines().findFirst().orElse("");
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
  }

  private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
    int depth = 0;
    for (Throwable cause = e; cause != null && depth < 20; cause = cause.getCause(), depth++) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
