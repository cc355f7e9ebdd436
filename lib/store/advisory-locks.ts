/** The advisory locks of the database, in one list: a number given twice would make two things wait for each other. */

/** Appending to the audit trail: each entry needs the hash of the one before it. */
export const CHAIN_LOCK = 7_303_014;
/** Removing old audit entries. Not the lock of the chain: it does not stop anybody from appending. */
export const PRUNE_LOCK = 7_303_015;
/** Changing people: whether somebody is the last one depends on all others. */
export const PEOPLE_LOCK = 7_303_016;
/** Setup links: of two processes that start together exactly one link stays valid. */
export const LINK_LOCK = 7_303_017;
/** Migrations: the id of Prisma's own engine, so that it and we exclude each other too. */
export const MIGRATION_LOCK = 72_707_369;
