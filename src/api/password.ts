/** What a password has to be; apart from the shapes, so that pages need not load what checks them. */

/** The shortest password; long ones need no other rule. NIST SP 800-63B-4, 3.1.1.2, asks for 8 at least, without composition rules. */
export const SHORTEST_PASSWORD = 12;
