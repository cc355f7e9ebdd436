-- What was signed stays as it was signed: a later truth is a restatement beside it.
CREATE FUNCTION "refuse_change_of_signed_review"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" = 'signed' THEN
    RAISE EXCEPTION 'a signed review never changes';
  END IF;
  RETURN COALESCE(NEW, OLD);
END;
$$;

CREATE TRIGGER "reviews_signed_for_good" BEFORE UPDATE OR DELETE ON "reviews"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_signed_review"();
