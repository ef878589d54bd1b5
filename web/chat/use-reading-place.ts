import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Chat } from "../state/chat.ts";
import { bringToTop } from "./bring-to-top.ts";

/** Pixels from the end that still count as the end. */
const NEAR = 48;

/** The turn at the top of the window, and how far it was scrolled beyond it. */
interface Place {
  readonly turn: string;
  readonly beyond: number;
}

/** Where each conversation was left, for who comes back to it. */
const left = new WeakMap<Chat, Place>();

interface Options {
  readonly chat: Chat;
  /** The message that the address names. */
  readonly messageId: string | undefined;
  readonly isLoaded: boolean;
  /** Questions asked on this page so far. */
  readonly asks: number;
}

/**
 * What of a conversation is in the window. A new question goes to its top and the answer grows below, where its reader
 * begins; who comes back finds the place that they left, a link leads to its message's question, and any other
 * conversation opens at its last question. Nothing follows an answer's end but who asks for that with `toEnd`.
 */
export function useReadingPlace({ chat, messageId, isLoaded, asks }: Options) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(false);
  const asked = useRef(asks);
  const [isAway, setAway] = useState(false);

  const toEnd = useCallback(() => {
    follows.current = true;
    setAway(false);
    const { current } = scroller;
    current?.scrollTo({ top: current.scrollHeight });
  }, []);

  useEffect(() => {
    if (!isLoaded) return;
    if (messageId !== undefined) {
      chat.show(messageId);
      return bringToTop(() => document.getElementById(messageId)?.closest<HTMLElement>(".turn"), {
        onSettled: () => document.getElementById(messageId)?.setAttribute("data-target", ""),
      });
    }
    const place = left.get(chat);
    if (place === undefined) return bringToTop(() => lastTurn(content.current));
    return bringToTop(() => document.getElementById(place.turn), { beyond: place.beyond });
  }, [chat, messageId, isLoaded]);
  useEffect(() => {
    if (asks === asked.current) return;
    asked.current = asks;
    follows.current = false;
    return bringToTop(() => lastTurn(content.current));
  }, [asks]);
  useLayoutEffect(() => {
    const outer = scroller.current;
    return () => {
      const place = outer === null ? undefined : placeIn(outer);
      if (place !== undefined) left.set(chat, place);
    };
  }, [chat]);

  useEffect(() => {
    const outer = scroller.current;
    const inner = content.current;
    if (outer === null || inner === null) return;
    let before = outer.scrollTop;
    const look = () => {
      const below = outer.scrollHeight - outer.clientHeight - outer.scrollTop;
      // Growing moves nothing up: only a reader does.
      if (outer.scrollTop < before - 1 && below > NEAR) follows.current = false;
      before = outer.scrollTop;
      setAway(below > 4 * NEAR);
    };
    const grown = new ResizeObserver(() => {
      if (follows.current) outer.scrollTo({ top: outer.scrollHeight });
      look();
    });
    outer.addEventListener("scroll", look, { passive: true });
    grown.observe(inner);
    grown.observe(outer);
    return () => {
      outer.removeEventListener("scroll", look);
      grown.disconnect();
    };
  }, []);

  return { scroller, content, isAway, toEnd };
}

function lastTurn(content: HTMLElement | null): HTMLElement | undefined {
  return [...(content?.querySelectorAll<HTMLElement>(".turn") ?? [])].at(-1);
}

function placeIn(scroller: HTMLElement): Place | undefined {
  const { top } = scroller.getBoundingClientRect();
  const turn = [...scroller.querySelectorAll<HTMLElement>(".turn")].find(
    (one) => one.getBoundingClientRect().bottom > top + NEAR,
  );
  return turn && { turn: turn.id, beyond: top - turn.getBoundingClientRect().top };
}
