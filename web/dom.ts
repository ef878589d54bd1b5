type Child = Node | string;

/** An element with properties and children. Text always becomes text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** The element of the page with this id. @throws Error when index.html has none of this kind */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`index.html has no ${kind.name} with the id "${id}"`);
  return found;
}

/** The title as a link where its address is one of the web, else as text. */
export function titleLink(title: string, url: string | undefined): Node {
  if (url === undefined || !/^https?:\/\//i.test(url)) return document.createTextNode(title);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title);
}
