-- CreateIndex
CREATE INDEX "episodes_name_starts_at_id_idx" ON "episodes"("name", "starts_at", "id");
