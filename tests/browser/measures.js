// What test_pages_in_chromium.py measures on a page. Each function returns a list of faults.

function structure() {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const expect = (holds, fault) => holds || faults.push(fault);
  const text = (element) => (element?.textContent ?? "").trim();
  expect(document.documentElement.lang === "en", "no language");
  expect(document.title.length > "· Pledgegraph".length, "no title");
  expect(all("h1").length === 1 && text(all("h1")[0]), "not one h1");
  for (const landmark of ["body > header", "main", "body > footer"]) {
    expect(all(landmark).length === 1, `not one ${landmark}`);
  }
  for (const nav of all("nav")) expect(nav.getAttribute("aria-label"), "a nav without a name");
  let level = 1;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.localName[1]);
    expect(own <= level + 1, `the heading ${text(heading)} skips a level`);
    level = own;
  }
  for (const field of all("input:not([type=hidden]), select, textarea")) {
    expect(field.labels.length, `the field ${field.name} has no label`);
  }
  for (const table of all("table")) {
    expect(text(table.caption), "a table without a caption");
    for (const head of table.querySelectorAll("th")) expect(head.scope, `th ${text(head)}`);
  }
  for (const link of all("a, button, summary")) expect(text(link), "a link without words");
  for (const id of all("[aria-describedby], [aria-labelledby]").flatMap((element) =>
    `${element.getAttribute("aria-describedby") ?? ""} ${element.getAttribute("aria-labelledby") ?? ""}`.split(" "))) {
    expect(!id || document.getElementById(id), `nothing has the id ${id}`);
  }
  const ids = all("[id]").map((element) => element.id);
  expect(ids.length === new Set(ids).size, "an id is used twice");
  const width = document.documentElement.scrollWidth;
  expect(width <= window.innerWidth, `${width} wide in a window of ${window.innerWidth}`);
  return faults;
}

function channels(color) {
  const [red, green, blue, alpha = 1] = color.match(/[\d.]+/g).map(Number);
  return { rgb: [red, green, blue], alpha };
}

function background(element) {
  for (let at = element; at; at = at.parentElement) {
    const { rgb, alpha } = channels(getComputedStyle(at).backgroundColor);
    if (alpha === 1) return rgb;
    if (alpha > 0) throw new Error("a translucent background");
  }
  return [255, 255, 255];
}

// WCAG 2.2: relative luminance and contrast ratio
function luminance(rgb) {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function faint() {
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const holders = new Set(document.querySelectorAll("input, select, textarea"));
  while (walker.nextNode()) {
    if (walker.currentNode.data.trim()) holders.add(walker.currentNode.parentElement);
  }
  for (const element of holders) {
    if (element.closest("noscript, script, style") || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(channels(style.color).rgb, background(element));
    if (ratio < (large ? 3 : 4.5)) {
      faults.add(`${ratio.toFixed(2)} for ${element.localName}.${element.className}`);
    }
  }
  return [...faults];
}

function focused() {
  const element = document.activeElement;
  const faults = [];
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const name = element.textContent.trim() || element.name;
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) {
    faults.push(`${name}: no outline`);
  } else if (contrast(channels(style.outlineColor).rgb, background(element.parentElement)) < 3) {
    faults.push(`${name}: a faint outline`);
  }
  if (box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth || box.top >= innerHeight) {
    faults.push(`${name}: out of sight`);
  }
  return { text: name, faults };
}
