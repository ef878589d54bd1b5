type CitationJs = typeof import("@citation-js/core");

/**
 * citation-js with the formats used here, loaded when first needed (100 ms and 2 MB that most runs never use).
 * Nothing is ever given to it as a string, so its input plugins fetch nothing.
 */
export async function loadCitationJs(): Promise<CitationJs["Cite"]> {
  const { Cite, plugins } = await import("@citation-js/core");
  await Promise.all([
    import("@citation-js/plugin-bibtex"),
    import("@citation-js/plugin-ris"),
    import("@citation-js/plugin-csl"),
  ]);
  // In ASCII mode it escapes LaTeX a second time and drops every letter that it has no command for.
  plugins.config.get("@bibtex").format.asciiOnly = false;
  return Cite;
}
