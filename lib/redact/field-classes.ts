/**
 * The built-in catalogue as data: OpenTelemetry names as they are (semantic conventions 1.45), common loggers, HTTP,
 * Kubernetes. Paths are lower-case, without the numbers of array places.
 */
import type { FieldClass } from "@/lib/domain/role";

type Entries = Readonly<Record<string, FieldClass>>;

function all(fieldClass: FieldClass, names: string): Entries {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, fieldClass]),
  );
}

/** Whole paths. They win over prefixes. */
export const EXACT_CLASSES: Entries = {
  ...all(
    "workflow",
    `http.request.method http.method level severity detected_level severity_text severity_number severitytext
     severitynumber loglevel log.level ts time timestamp @timestamp observed_timestamp throughline.dropped_attributes
     faas.trigger feature_flag.evaluation.outcome`,
  ),
  ...all(
    "infrastructure",
    `http.response.status_code http.status_code http.route http.flavor http.scheme http.host http.server_name
     http.request.resend_count http.request.body.size http.response.body.size http.request.size http.response.size
     http.request.header.content-type http.request.header.content-length http.request.header.accept
     http.request.header.host http.response.header.content-type http.response.header.content-length
     http.response.header.retry-after url.scheme url.template url.domain url.port status_code statuscode
     db.system db.system.name db.operation.name db.operation db.collection.name db.sql.table db.namespace db.name
     db.operation.batch.size db.response.returned_rows db.response.status_code
     alert.name service service_name service.name service.version version release environment env namespace pod
     container node region cluster instance host hostname job app logger logger_name loggername log.logger stream
     duration duration_ms elapsed_ms latency_ms took_ms error.type process pid thread thread_name component subsystem
     filename log.file.name log.file.path log.iostream feature_flag.key feature_flag.provider.name
     feature_flag.result.variant feature_flag.variant feature_flag.set.id feature_flag.version
     gen_ai.token.type network.protocol.name user_agent.name user_agent.version`,
  ),
  ...all(
    "telemetry-id",
    `spanid span_id span.id parentspanid parent_span_id parent.span.id parent_id traceflags trace_flags trace.flags
     http.request.header.traceparent http.response.header.traceresponse faas.invocation_id event.id`,
  ),
  ...all(
    "text",
    `url.path url.full url.query url.fragment http.url http.target http.request.body.content msg message log body otel.status_description
     text @message log.record.original feature_flag.result.reason feature_flag.evaluation.error.message`,
  ),
  ...all(
    "code",
    `culprit caller error err error.message error.stack exception stack stacktrace stack_trace sql query statement
     feature_flag.result.value`,
  ),
  ...all(
    "personal",
    `user_agent.original http.user_agent http.client_ip http.request.header.user-agent
     http.request.header.x-forwarded-for http.request.header.x-real-ip http.request.header.forwarded
     http.request.header.true-client-ip http.request.header.referer email phone name address ip client_ip remote_addr
     remoteaddr clientip x_forwarded_for mail username user_name login firstname first_name lastname last_name
     fullname full_name surname street city postcode zip birthdate birthday net.peer.ip net.sock.peer.addr
     network.peer.address feature_flag.context.id faas.document.name`,
  ),
  ...all(
    "staff",
    "staff staff.id staff.email staff.name staff.team staff_team agent agent.team agent_team actor actor.team operator operator.team",
  ),
  ...all("note", "note comment"),
};

/** The longest prefix counts. */
export const PREFIX_CLASSES: Entries = {
  ...all("secret", "http.request.header. http.response.header. http.request.cookie. http.response.cookie."),
  ...all("text", "http.request.body http.response.body annotation. gen_ai.input. gen_ai.output. gen_ai.prompt"),
  ...all("text", "gen_ai.completion gen_ai.system_instructions gen_ai.tool. gen_ai.evaluation. gen_ai.event."),
  ...all(
    "infrastructure",
    `resource.k8s. resource.host. resource.os. resource.process. resource.container. resource.cloud.
     resource.telemetry. resource.service. resource.deployment. resource.faas. k8s. host. os. container. process.
     cloud. net. network. server. rpc. messaging. faas. aws. azure. gcp. telemetry. deployment. scope. otel. thread.
     label. alert. jvm. nodejs. system. graphql.operation. gen_ai. cicd. vcs. peer.service source.service`,
  ),
  ...all(
    "code",
    `db. code. exception. graphql.document resource.process.command process.command process.env
     resource.process.env rpc.grpc.request.metadata. rpc.grpc.response.metadata. rpc.connect_rpc.`,
  ),
  ...all("unknown", "messaging.message.body messaging.header. process.environment_variable. k8s.secret"),
  ...all(
    "personal",
    `client. source.address user. enduser. customer. contact. recipient. buyer. person. shipping_address.
     billing_address. shippingaddress. billingaddress. geo. messaging.client`,
  ),
};

/** Words that end a name of something about a person. They close what a known parent would show wider. */
export const PERSONAL_WORDS: ReadonlySet<string> = new Set(
  `email mail phone mobile telephone msisdn fax firstname lastname fullname surname username street postcode zipcode
   birthdate birthday dob ssn passport`
    .trim()
    .split(/\s+/),
);
