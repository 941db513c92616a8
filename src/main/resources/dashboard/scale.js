// Measures of a timeline. Pure: knows nothing of the page.

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
const TICK_PIXELS = 90;

/** Round instants between two, in seconds, so far apart that their names have room. */
export function ticks(from, to, width) {
  const least = ((to - from) / width) * TICK_PIXELS;
  const step =
    least < 1 ? decimal(least) : (STEPS.find((each) => each >= least) ?? wholeDays(least));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

function decimal(least) {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-4)));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least * (1 - 1e-9));
}

function wholeDays(least) {
  return Math.ceil(least / 86_400) * 86_400;
}

/** "90 s" reads worse than "1:30"; below a minute tenths may matter. */
export function tickName(seconds, step) {
  if (seconds < 60) {
    const digits = Math.max(0, Math.ceil(-Math.log10(step)));
    return `${seconds.toFixed(digits)} s`;
  }
  const [h, m, s] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  const two = (n) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/**
 * Puts intervals into the fewest lanes in which none overlap.
 *
 * @param intervals each with start and end, sorted by start
 * @returns the lane of each, from 0
 */
export function lanes(intervals) {
  const ends = [];
  return intervals.map(({ start, end }) => {
    const free = ends.findIndex((taken) => taken <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    return lane;
  });
}

/** How many intervals there are at a time: [{ at, count }], each until the next. */
export function depth(intervals) {
  const changes = intervals
    .flatMap(({ start, end }) => [
      [start, 1],
      [end, -1],
    ])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const steps = [{ at: 0, count: 0 }];
  for (const [at, change] of changes) {
    const last = steps.at(-1);
    const count = last.count + change;
    if (last.at === at) {
      last.count = count;
    } else {
      steps.push({ at, count });
    }
  }
  return steps;
}
