/** The rows whose heights lie nearest to `target` over the whole wall. */
export function justify(ratios, { width, gap, target }) {
  const shapes = ratios.map((ratio) => Math.min(4, Math.max(0.4, ratio || 1)));
  const best = [{ cost: 0 }];
  for (let end = 1; end <= shapes.length; end++) {
    best[end] = { cost: Infinity };
    let sum = 0;
    for (let first = end - 1; first >= 0; first--) {
      sum += shapes[first];
      const height = (width - gap * (end - first - 1)) / sum;
      if (height < target * 0.4 && first < end - 1) break;
      // A last row that would have to grow much is left ragged instead.
      const isRagged = end === shapes.length && height > target * 1.4;
      const cost = best[first].cost + (isRagged ? 0.15 : Math.log(height / target) ** 2);
      if (cost < best[end].cost) best[end] = { cost, first, isRagged, height: isRagged ? target : height };
    }
  }
  const sizes = [];
  for (let end = shapes.length; end > 0; end = best[end].first) {
    sizes.unshift(...row(shapes.slice(best[end].first, end), best[end], width, gap));
  }
  return sizes;
}

// Edges are rounded, not widths: so a row's widths add up to the wall's exactly.
function row(shapes, { height, isRagged }, width, gap) {
  let edge = 0;
  return shapes.map((shape, index) => {
    const left = Math.round(edge);
    edge += shape * height;
    const right = index === shapes.length - 1 && !isRagged ? width - gap * index : Math.round(edge);
    return { width: Math.max(1, right - left), height: Math.round(height) };
  });
}

export function neighbour(boxes, index, key) {
  if (key === "ArrowLeft") return Math.max(0, index - 1);
  if (key === "ArrowRight") return Math.min(boxes.length - 1, index + 1);
  const sign = key === "ArrowDown" ? 1 : -1;
  const here = boxes[index];
  const far = (box) => (box.offsetTop - here.offsetTop) * sign;
  const middle = (box) => box.offsetLeft + box.offsetWidth / 2;
  const aside = (box) => Math.abs(middle(box) - middle(here));
  const ahead = boxes.filter((box) => far(box) > 0);
  const nearest = ahead.sort((one, two) => far(one) - far(two) || aside(one) - aside(two))[0];
  return nearest ? boxes.indexOf(nearest) : index;
}
