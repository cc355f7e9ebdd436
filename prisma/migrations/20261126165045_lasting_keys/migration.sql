-- CreateTable
CREATE TABLE "lasting_keys" (
    "purpose" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lasting_keys_pkey" PRIMARY KEY ("purpose")
);
