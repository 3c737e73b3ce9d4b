import type { IsoDate } from "../model/time.ts";

/** Pictures that hold data; the others are partials named `picture-…`. All are drawn for this project. */

const CENTRE = 50;
const RADIUS = 44;
const DAYS_OF_WEEK = 7;

/** Hours in which a session starts by daylight; outside them the clock shows a moon. */
const FIRST_DAY_HOUR = 6;
const FIRST_NIGHT_HOUR = 18;

/** Returns the end of a line from the clock's centre, `turn` 0-1 clockwise from the top. */
function pointAt(turn: number, length: number): string {
  const angle = turn * 2 * Math.PI;
  return `${(CENTRE + length * Math.sin(angle)).toFixed(1)} ${(CENTRE - length * Math.cos(angle)).toFixed(1)}`;
}

function hand(turn: number, length: number, width: number): string {
  return `<path d="M${CENTRE} ${CENTRE}L${pointAt(turn, length)}" stroke-width="${width}"/>`;
}

function skyOf(hour: number): string {
  const isDay = hour >= FIRST_DAY_HOUR && hour < FIRST_NIGHT_HOUR;
  if (!isDay) return '<path class="solid" d="M112 10a12 12 0 1 0 10 19a10 10 0 0 1-10-19z"/>';
  const rays = Array.from({ length: 8 }, (_, index) => {
    const angle = (index * Math.PI) / 4;
    const at = (length: number) => `${(116 + length * Math.cos(angle)).toFixed(1)} ${(18 + length * Math.sin(angle)).toFixed(1)}`;
    return `M${at(10)}L${at(15)}`;
  });
  return `<circle class="solid" cx="116" cy="18" r="6.5"/><path d="${rays.join("")}" stroke-width="2.5"/>`;
}

/** Returns a clock face whose hands show the time, with a sun by day or a moon by night: a face alone is read twelve hours wrong. Pure. */
export function drawClock(hour: number, minute: number, name: string): string {
  const ticks = Array.from({ length: 12 }, (_, index) => `M${pointAt(index / 12, 36)}L${pointAt(index / 12, 40)}`).join("");
  const hourTurn = ((hour % 12) + minute / 60) / 12;
  return `<svg class="picture" role="img" aria-label="${name}" viewBox="0 0 134 100"><circle cx="${CENTRE}" cy="${CENTRE}" r="${RADIUS}"/><path d="${ticks}" stroke-width="3"/>${hand(hourTurn, 21, 6)}${hand(minute / 60, 33, 3.5)}<circle class="solid" cx="${CENTRE}" cy="${CENTRE}" r="4"/>${skyOf(hour)}</svg>`;
}

/** Returns the week as seven marks from Monday to Sunday, the day of the session filled. Pure. */
export function drawWeek(date: IsoDate, name: string): string {
  const chosen = (new Date(`${date}T00:00:00Z`).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK;
  const marks = Array.from({ length: DAYS_OF_WEEK }, (_, index) => {
    const isChosen = index === chosen;
    return `<rect${isChosen ? ' class="solid"' : ""} x="${3 + index * 14}" y="3" width="10" height="10" rx="1.5"/>`;
  });
  return `<svg class="week" role="img" aria-label="${name}" viewBox="0 0 100 16">${marks.join("")}</svg>`;
}
