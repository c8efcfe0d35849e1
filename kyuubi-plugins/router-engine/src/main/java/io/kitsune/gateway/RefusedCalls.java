// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.thrift.ConnectionService;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCancelDelegationTokenReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCancelDelegationTokenResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TDownloadDataReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TDownloadDataResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetDelegationTokenReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetDelegationTokenResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TUploadDataReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TUploadDataResp;

/** The calls of TCLIService that this gateway answers with a refusal. */
interface RefusedCalls extends ConnectionService {
  KitsuneException NO_TOKENS =
      new KitsuneException(
          "FEATURE_NOT_SUPPORTED",
          "0A000",
          "This gateway issues no delegation tokens. Connect with user and password, or through Kyuubi.");

  KitsuneException NO_FILES =
      new KitsuneException(
          "FEATURE_NOT_SUPPORTED",
          "0A000",
          "This gateway takes and gives no files; read and write tables.");

  @Override
  default TGetDelegationTokenResp GetDelegationToken(TGetDelegationTokenReq request) {
    return new TGetDelegationTokenResp(Statuses.error(NO_TOKENS));
  }

  @Override
  default TCancelDelegationTokenResp CancelDelegationToken(TCancelDelegationTokenReq request) {
    return new TCancelDelegationTokenResp(Statuses.error(NO_TOKENS));
  }

  @Override
  default TUploadDataResp UploadData(TUploadDataReq request) {
    TUploadDataResp response = new TUploadDataResp();
    response.setStatus(Statuses.error(NO_FILES));
    return response;
  }

  @Override
  default TDownloadDataResp DownloadData(TDownloadDataReq request) {
    TDownloadDataResp response = new TDownloadDataResp();
    response.setStatus(Statuses.error(NO_FILES));
    return response;
  }
}
