// A page can be answered before its script has come, on a slow phone above all; so can one that the browser fills in
// again after a reload. What differs from the page as it was sent was chosen by somebody.

function served(options) {
  return Math.max(0, options.findIndex((option) => option.defaultSelected));
}

function isChanged(field) {
  if (field.type === "hidden") return false;
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return field.selectedIndex !== served([...field.options]);
  return "defaultValue" in field && field.value !== field.defaultValue;
}

export function wasAnsweredEarly(form) {
  return [...form.elements].some(isChanged);
}
