/** Reading elements of XML by name. */

import { nodesText } from "../../plain/markup-text.ts";
import type { MarkupElement, MarkupNode } from "../../plain/markup-tree.ts";

export const isElement = (node: MarkupNode): node is MarkupElement => typeof node !== "string";

export function children(of: MarkupElement | undefined, ...names: string[]): MarkupElement[] {
  return (of?.children ?? []).filter(isElement).filter(({ name }) => names.includes(name));
}

/** The first element at the end of a path of names: "front/article-meta/title-group". */
export function at(of: MarkupElement | undefined, path: string): MarkupElement | undefined {
  return path.split("/").reduce<MarkupElement | undefined>((element, name) => children(element, name)[0], of);
}

/** Its text, or undefined when it has none. */
export function textAt(of: MarkupElement | undefined, path: string): string | undefined {
  const element = path === "" ? of : at(of, path);
  const text = element === undefined ? "" : nodesText(element.children).trim();
  return text === "" ? undefined : text;
}

/** All elements of these names, however deep, not within one another. */
export function within(of: MarkupElement | undefined, ...names: string[]): MarkupElement[] {
  const found: MarkupElement[] = [];
  const visit = (element: MarkupElement): void => {
    for (const child of element.children) {
      if (typeof child === "string") continue;
      if (names.includes(child.name)) found.push(child);
      else visit(child);
    }
  };
  if (of !== undefined) visit(of);
  return found;
}
