/**
 * The path under which the server is reached: "", or "/footnote" behind a proxy that shows it there. The server writes it
 * into the addresses of index.html, one of which is that of the icon.
 */
export const BASE = basePath();

function basePath(): string {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  return icon === null ? "" : new URL(".", icon.href).pathname.slice(0, -1);
}
