-- CreateTable
CREATE TABLE "alert_hooks" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "username" TEXT NOT NULL DEFAULT '',
    "route" TEXT NOT NULL DEFAULT 'unknown',
    "secret" TEXT NOT NULL,
    "old_secret" TEXT,
    "old_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rotated_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" UUID NOT NULL,
    "updated_by_name" TEXT NOT NULL,

    CONSTRAINT "alert_hooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "arrivals" TIMESTAMPTZ(3)[],
    "times_seen" INTEGER NOT NULL DEFAULT 1,
    "processed_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "refusal" TEXT,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sightings" (
    "delivery_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "alert" JSONB NOT NULL,

    CONSTRAINT "sightings_pkey" PRIMARY KEY ("delivery_id","position")
);

-- CreateTable
CREATE TABLE "fires" (
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "episode_id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "monitoring_fault" BOOLEAN NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "end_reason" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "reconstructed" BOOLEAN NOT NULL DEFAULT false,
    "sources" TEXT[],
    "receivers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "route" TEXT NOT NULL DEFAULT 'unknown',
    "silenced" BOOLEAN NOT NULL DEFAULT false,
    "inhibited" BOOLEAN NOT NULL DEFAULT false,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "labels" JSONB NOT NULL,
    "annotations" JSONB NOT NULL,
    "generator_url" TEXT NOT NULL DEFAULT '',
    "deliveries" BIGINT[],

    CONSTRAINT "fires_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "episodes" (
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "monitoring_fault" BOOLEAN NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "end_reason" TEXT NOT NULL,
    "fires" INTEGER NOT NULL,
    "flapping" INTEGER NOT NULL DEFAULT 0,
    "route" TEXT NOT NULL DEFAULT 'unknown',
    "silenced" BOOLEAN NOT NULL DEFAULT false,
    "inhibited" BOOLEAN NOT NULL DEFAULT false,
    "reconstructed" BOOLEAN NOT NULL DEFAULT false,
    "sources" TEXT[],
    "receivers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "episodes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_versions" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),

    CONSTRAINT "rule_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coverage_spans" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "how" TEXT NOT NULL,

    CONSTRAINT "coverage_spans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "silences" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "matchers" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "silences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "responders" (
    "id" UUID NOT NULL,
    "handle" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "team" TEXT NOT NULL DEFAULT '',
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "responders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "responder_zones" (
    "id" UUID NOT NULL,
    "responder_id" UUID NOT NULL,
    "zone" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "responder_zones_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "on_call_shifts" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "responder_id" UUID NOT NULL,
    "schedule" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "on_call_shifts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pages" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "responder_id" UUID NOT NULL,
    "fingerprint" TEXT,
    "alert_name" TEXT NOT NULL,
    "service" TEXT NOT NULL DEFAULT '',
    "paged_at" TIMESTAMPTZ(3) NOT NULL,
    "step" INTEGER NOT NULL DEFAULT 1,
    "reason" TEXT NOT NULL DEFAULT 'first',
    "channel" TEXT NOT NULL,
    "delivered" BOOLEAN NOT NULL DEFAULT true,
    "estimated" BOOLEAN NOT NULL DEFAULT false,
    "acked_at" TIMESTAMPTZ(3),
    "acked_by" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,
    "engaged_minutes" DOUBLE PRECISION,
    "episode_id" TEXT,

    CONSTRAINT "pages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verdicts" (
    "id" UUID NOT NULL,
    "episode_id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "verdict" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "by" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verdicts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verdict_links" (
    "id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "episode_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "verdict_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "impacts" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "aware_at" TIMESTAMPTZ(3),
    "first_detector" TEXT NOT NULL DEFAULT 'unknown',
    "set_by" UUID NOT NULL,
    "set_by_name" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "impacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reviews" (
    "month" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" UUID NOT NULL,
    "signed_at" TIMESTAMPTZ(3),
    "signed_by" UUID,
    "signed_by_name" TEXT,
    "owner_signed_at" TIMESTAMPTZ(3),
    "owner_signed_by" UUID,
    "owner_signed_by_name" TEXT,
    "watermark" TIMESTAMPTZ(3),
    "snapshot" BYTEA,
    "hash" TEXT,
    "summary" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "reviews_pkey" PRIMARY KEY ("month")
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "rule_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "why" TEXT NOT NULL,
    "expected" JSONB NOT NULL,
    "second_by" UUID,
    "second_by_name" TEXT,
    "state" TEXT NOT NULL DEFAULT 'open',
    "done_at" TIMESTAMPTZ(3),
    "created_by" UUID NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "alert_hooks_kind_name_key" ON "alert_hooks"("kind", "name");

-- CreateIndex
CREATE INDEX "deliveries_retry_at_id_idx" ON "deliveries"("retry_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_source_digest_key" ON "deliveries"("source", "digest");

-- CreateIndex
CREATE INDEX "sightings_fingerprint_starts_at_idx" ON "sightings"("fingerprint", "starts_at");

-- CreateIndex
CREATE INDEX "fires_starts_at_id_idx" ON "fires"("starts_at", "id");

-- CreateIndex
CREATE INDEX "fires_fingerprint_starts_at_idx" ON "fires"("fingerprint", "starts_at");

-- CreateIndex
CREATE INDEX "fires_episode_id_idx" ON "fires"("episode_id");

-- CreateIndex
CREATE INDEX "episodes_starts_at_id_idx" ON "episodes"("starts_at", "id");

-- CreateIndex
CREATE INDEX "episodes_rule_starts_at_idx" ON "episodes"("rule", "starts_at");

-- CreateIndex
CREATE INDEX "episodes_service_starts_at_idx" ON "episodes"("service", "starts_at");

-- CreateIndex
CREATE INDEX "episodes_fingerprint_starts_at_idx" ON "episodes"("fingerprint", "starts_at");

-- CreateIndex
CREATE INDEX "rule_versions_rule_valid_from_idx" ON "rule_versions"("rule", "valid_from");

-- CreateIndex
CREATE INDEX "rule_versions_source_valid_to_idx" ON "rule_versions"("source", "valid_to");

-- CreateIndex
CREATE INDEX "coverage_spans_source_to_at_idx" ON "coverage_spans"("source", "to_at");

-- CreateIndex
CREATE INDEX "silences_ends_at_idx" ON "silences"("ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "responders_handle_key" ON "responders"("handle");

-- CreateIndex
CREATE UNIQUE INDEX "responder_zones_responder_id_valid_from_key" ON "responder_zones"("responder_id", "valid_from");

-- CreateIndex
CREATE INDEX "on_call_shifts_starts_at_idx" ON "on_call_shifts"("starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "on_call_shifts_source_external_id_key" ON "on_call_shifts"("source", "external_id");

-- CreateIndex
CREATE INDEX "pages_paged_at_idx" ON "pages"("paged_at");

-- CreateIndex
CREATE INDEX "pages_episode_id_idx" ON "pages"("episode_id");

-- CreateIndex
CREATE UNIQUE INDEX "pages_source_external_id_key" ON "pages"("source", "external_id");

-- CreateIndex
CREATE INDEX "verdicts_episode_id_idx" ON "verdicts"("episode_id");

-- CreateIndex
CREATE INDEX "verdicts_created_at_idx" ON "verdicts"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "verdict_links_hash_key" ON "verdict_links"("hash");

-- CreateIndex
CREATE INDEX "impacts_started_at_idx" ON "impacts"("started_at");

-- CreateIndex
CREATE INDEX "decisions_month_idx" ON "decisions"("month");

-- CreateIndex
CREATE INDEX "decisions_state_idx" ON "decisions"("state");
