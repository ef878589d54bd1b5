import { buttons } from "./buttons.ts";
import { changedMessages } from "./changed-messages.ts";
import { command } from "./command.ts";
import { directMessages } from "./direct-messages.ts";
import { followUps } from "./follow-ups.ts";
import { home } from "./home.ts";
import type { Listener } from "./listener.ts";
import { mentions } from "./mentions.ts";
import { shortcut } from "./shortcut.ts";

/** Everything that the bot hears. */
export const LISTENERS: readonly Listener[] = [
  directMessages,
  mentions,
  followUps,
  changedMessages,
  command,
  shortcut,
  buttons,
  home,
];
