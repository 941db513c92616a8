// Where the boxes of a graph lie: a column for each wave, and in each column an order in which few
// lines cross. Pure: knows nothing of the page.

/** Sweeps over all columns; more change nothing that can be seen. */
const SWEEPS = 8;
/** Lines that pass columns get a lane there, up to so many; beyond that they pass behind boxes. */
const MOST_LANES = 3_000;

/**
 * @param waves for each task its wave
 * @param edges pairs of numbers of tasks
 * @param sizes { box: height of a box, gap: between boxes, lane: height of a passing line }
 * @returns { columns: [[task]], y: [top of each task], passes: Map "from-to" -> [y], height }
 */
export function layout(waves, edges, sizes) {
  const numbers = [...new Set(waves)].sort((a, b) => a - b);
  const column = waves.map((wave) => numbers.indexOf(wave));
  const cells = waves.map((_, task) => ({
    task,
    column: column[task],
    before: [],
    after: [],
    y: 0,
  }));
  const columns = numbers.map(() => []);
  cells.forEach((cell) => columns[cell.column].push(cell));
  const lanes = withLanes(columns, cells, edges);
  order(columns);
  place(columns, sizes);
  const passes = new Map(
    [...lanes].map(([edge, cells]) => [edge, cells.map((cell) => cell.y + sizes.lane / 2)]),
  );
  return {
    columns: columns.map((each) => each.filter(isTask).map((cell) => cell.task)),
    y: cells.map((cell) => cell.y),
    passes,
    height: Math.max(0, ...columns.map((each) => bottom(each.at(-1), sizes))),
  };
}

function isTask(cell) {
  return cell.task !== null;
}

function bottom(cell, sizes) {
  return cell.y + height(cell, sizes);
}

function height(cell, sizes) {
  return isTask(cell) ? sizes.box : sizes.lane;
}

/** Joins cells by edges; an edge that passes columns gets a cell in each of them. */
function withLanes(columns, cells, edges) {
  const lanes = new Map();
  let left = MOST_LANES;
  for (const [from, to] of edges) {
    const [start, end] = [cells[from], cells[to]];
    const passed = end.column - start.column - 1;
    let last = start;
    if (passed > 0 && passed <= left) {
      left -= passed;
      const path = [];
      for (let at = start.column + 1; at < end.column; at++) {
        const lane = { task: null, column: at, before: [], after: [], y: 0 };
        columns[at].push(lane);
        join(last, lane);
        path.push(lane);
        last = lane;
      }
      lanes.set(`${from}-${to}`, path);
    }
    join(last, end);
  }
  return lanes;
}

function join(from, to) {
  from.after.push(to);
  to.before.push(from);
}

/** Puts each cell to where its neighbours are on average, column by column, there and back. */
function order(columns) {
  number(columns);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForth = sweep % 2 === 0;
    const side = isForth ? "before" : "after";
    for (const cells of isForth ? columns : columns.toReversed()) {
      const wish = new Map(cells.map((cell) => [cell, average(cell[side], "at") ?? cell.at]));
      cells.sort((a, b) => wish.get(a) - wish.get(b) || a.at - b.at);
      number([cells]);
    }
  }
}

/** Numbers cells within their columns, as parts of the whole: columns differ in length. */
function number(columns) {
  for (const cells of columns) {
    cells.forEach((cell, i) => (cell.at = (i + 0.5) / cells.length));
  }
}

function average(cells, member) {
  return cells.length === 0
    ? undefined
    : cells.reduce((sum, cell) => sum + cell[member], 0) / cells.length;
}

/** Keeps the order, and brings each cell as near to its neighbours as the others let it. */
function place(columns, sizes) {
  columns.forEach((cells) => stack(cells, sizes, () => 0));
  const tallest = Math.max(0, ...columns.map((cells) => bottom(cells.at(-1), sizes)));
  for (const cells of columns) {
    const shift = (tallest - bottom(cells.at(-1), sizes)) / 2;
    cells.forEach((cell) => (cell.y += shift));
  }
  cells(columns).forEach((cell) => (cell.middle = cell.y + height(cell, sizes) / 2));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForth = sweep % 2 === 0;
    for (const cells of isForth ? columns : columns.toReversed()) {
      const sides = isForth ? ["before", "after"] : ["after", "before"];
      const wish = (cell) =>
        (average(cell[sides[0]], "middle") ?? average(cell[sides[1]], "middle") ?? cell.middle) -
        height(cell, sizes) / 2;
      stack(cells, sizes, wish);
      cells.forEach((cell) => (cell.middle = cell.y + height(cell, sizes) / 2));
    }
  }
  const top = Math.min(...cells(columns).map((cell) => cell.y));
  cells(columns).forEach((cell) => (cell.y -= top));
}

function cells(columns) {
  return columns.flat();
}

/**
 * Gives the cells of a column the heights that are nearest to what they wish, in sum of squares,
 * while none overlaps: neighbours that would are joined to a block, which lies where its cells
 * wish it on average.
 */
function stack(cells, sizes, wish) {
  const blocks = [];
  let offset = 0;
  for (const cell of cells) {
    // What a cell wishes for the top of the column if all before it were joined to it.
    let block = { cells: [[cell, offset]], sum: wish(cell) - offset, size: 1 };
    while (blocks.length > 0 && blocks.at(-1).sum / blocks.at(-1).size > block.sum / block.size) {
      const above = blocks.pop();
      block = {
        cells: above.cells.concat(block.cells),
        sum: above.sum + block.sum,
        size: above.size + block.size,
      };
    }
    blocks.push(block);
    offset += height(cell, sizes) + sizes.gap;
  }
  for (const block of blocks) {
    block.cells.forEach(([cell, at]) => (cell.y = block.sum / block.size + at));
  }
}
