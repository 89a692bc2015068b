/**
 * Makes an element. Whatever is text goes in as text and never as HTML: ids, paths and messages may
 * hold what people typed.
 */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

export function svgElement(name, attributes = {}, ...children) {
  return filled(document.createElementNS(svgNamespace, name), attributes, children);
}

/** The element of the page with that id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Sets its text, where it is another: what does not change is not drawn, nor read out, again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A button that does something. */
export function button(label, onClick, attributes = {}) {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== undefined && value !== false) node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}
