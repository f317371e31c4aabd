const svgSpace = 'http://www.w3.org/2000/svg';

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and content; an attribute that is false or undefined is left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  setAll(made, attributes);
  made.append(...content);
  return made;
}

/** The same for a part of a drawing. */
export function shape<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(svgSpace, name);
  setAll(made, attributes);
  made.append(...content);
  return made;
}

function setAll(made: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : String(value));
  }
}

/** Changes the text only where it differs: what reads the page aloud hears of every change. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
