-- What the Prisma schema cannot say. The drift check ignores it; a faulty program cannot go round it.

-- Half an hour at most, never for secrets, never for vendors, and nobody is their own second person.
ALTER TABLE "reveals"
    ADD CONSTRAINT "reveals_minutes" CHECK ("minutes" BETWEEN 1 AND 30),
    ADD CONSTRAINT "reveals_expiry" CHECK ("expires_at" <= "starts_at" + "minutes" * interval '1 minute'),
    ADD CONSTRAINT "reveals_never_secret" CHECK ("field_class" <> 'secret'),
    ADD CONSTRAINT "reveals_never_vendor" CHECK ("role" <> 'vendor'),
    ADD CONSTRAINT "reveals_second_person" CHECK ("approved_by" <> "user_id"),
    ADD CONSTRAINT "reveals_wait" CHECK (NOT "needs_second" OR "starts_at" IS NULL OR "approved_by" IS NOT NULL);

-- Everything of everything is not a grant.
ALTER TABLE "grants" ADD CONSTRAINT "grants_scope" CHECK (cardinality("services") > 0 OR "incident" IS NOT NULL);
