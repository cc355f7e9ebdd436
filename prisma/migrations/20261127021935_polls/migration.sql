-- AlterTable
ALTER TABLE "fires" ADD COLUMN     "quieted_by" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "polls" (
    "source" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "heard_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "memory" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "polls_pkey" PRIMARY KEY ("source","what")
);
