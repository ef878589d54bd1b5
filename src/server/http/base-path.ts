/** The path of PUBLIC_URL, under which users reach this server: "" or "/footnote". */
export function basePath(publicUrl: string | undefined): string {
  return publicUrl === undefined ? "" : new URL(publicUrl).pathname.replace(/\/$/, "");
}

/** The address of a request as we know it: some proxies leave `base` in front of it, others take it away. */
export function withoutBase(address: string, base: string): string {
  if (base === "" || !address.startsWith(base)) return address;
  const rest = address.slice(base.length);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : address;
}
