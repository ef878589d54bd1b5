/** Words that only the name of a body has. */
const BODY =
  /\b(?:Collaboration|Collaborators|Consortium|Team|Group|Project|Workshop|Initiative|Institutes?|Institutet|Instituto|Institut|University|Université|Universität|Universidad|College|School|Faculty|Labs?|Laborator(?:y|ies)|Research|Inc|Ltd|LLC|GmbH|Corp|Corporation|Company|AI|Organi[sz]ation|Association|Society|Committee|Council|Commission|Agency|Cent(?:er|re)s?|Foundation|Network|Ministry|Department|Office|Bureau|Federation|Academy|Programme|Program|Union|Alliance|Board|Panel|Task Force|Investigators|Study|Trial|Registry|Hospital|Clinic|Bank|Authority|Administration|Service|Services|Nations|DeepMind|OpenAI|Google|Microsoft|NVIDIA|Facebook|Anthropic|Meta|Observatory|Library|Museum|Partnership|Coalition|Fund|Secretariat|Assembly|Staff|Editors?|Editorial|Members|Contributors|Community|Systems|Technologies|Intelligence)\.?$/u;
/** Where a body's name begins so, what follows does not matter. */
const OPENING =
  /^(?:The\s|International\s|National\s|European\s|World\s|American\s|United\s|Royal\s|Federal\s|Global\s|University\s|Universit[äé]t?\s|Institute\s|Institut\s|Cent(?:er|re)\s|Department\s|Ministry\s|Society\s|Association\s|Academy\s|Council\s|Committee\s|Bank\s|Working\s)/u;
/** No one is called so. */
const IMPERSONAL = /\s(?:of|for)\s/;
const LINKING = /\s(?:of|for|on|and|&|der|für|des|pour|sur)\s/u;

/** Whether a name is an organisation's, as far as it shows: "World Health Organization", "Institute of Examples". */
export function isOrganisation(name: string): boolean {
  if (name.includes(";") || /^\p{Lu}\.|,/u.test(name)) return false;
  if (/^The\s/.test(name) || BODY.test(name) || IMPERSONAL.test(name)) return true;
  return OPENING.test(name) && (LINKING.test(name) || name.split(" ").length > 3);
}
