-- AlterTable
ALTER TABLE "reveals" ADD COLUMN     "asked_keys" TEXT;
