/** How large a zone map may be: known to the server and to the pages, which need no schema for it. */

/** The most that one file of a map may hold [bytes]. */
export const LARGEST_ZONE_FILE = 200 * 1024 * 1024;

/** Loose parts that may make up one map. */
export const MOST_ZONE_FILES = 40;
