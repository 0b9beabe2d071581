package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** What a message of the conversation is (specification 3.2). */
public enum MessageType implements WireName {
  USER_QUERY,
  AGENT_RESPONSE,
  SYSTEM_EVENT,
  DATA_UPLOAD
}
