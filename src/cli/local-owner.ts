/** Who asks on the command line: the one owner of a machine of one's own, as on a loopback address without keys. */
export const LOCAL_OWNER = "local";
