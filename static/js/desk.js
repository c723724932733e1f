// unfold reads the system's light or dark once, when the page opens; our colours follow it at once. Keep them together.
const night = window.matchMedia("(prefers-color-scheme: dark)");
night.addEventListener("change", () => document.documentElement.classList.toggle("dark", night.matches));

// The web admin's searchable pick-lists (select2) carry no name: give each the words of its label.
function nameChoice(box) {
  const select = box.previousElementSibling;
  if (!select?.matches("select")) return;
  const label = select.labels?.[0]?.textContent.trim() || select.getAttribute("aria-label") || select.name;
  for (const part of box.querySelectorAll('[role="combobox"], [role="textbox"], .select2-search__field')) {
    part.setAttribute("aria-label", label);
  }
}

function nameChoices() {
  document.querySelectorAll(".select2-container").forEach(nameChoice);
}

// What consists of nothing but an icon says in words what it does.
const SAID = { "#searchbar-submit": "Tìm", '[x-on\\:click^="showActions"]': "Việc khác" };

function nameIcons() {
  for (const [chosen, words] of Object.entries(SAID)) {
    document.querySelectorAll(`${chosen}:not([aria-label])`).forEach((icon) => icon.setAttribute("aria-label", words));
  }
}

// unfold draws its icons by their English names in an icon font: a picture to the eye, so nothing to the ear.
function muteIcons() {
  document.querySelectorAll(".material-symbols-outlined:not([aria-hidden])").forEach((icon) => {
    icon.setAttribute("aria-hidden", "true");
  });
}

// On a phone a list's cells carry their column's name, which unfold would write With Every Word Large.
function nameCells() {
  document.querySelectorAll("#result_list [data-label]").forEach((cell) => {
    const { label } = cell.dataset;
    if (label !== label.charAt(0).toUpperCase() + label.slice(1)) cell.dataset.label = label.charAt(0).toUpperCase() + label.slice(1);
  });
}

function mend() {
  nameChoices();
  nameIcons();
  muteIcons();
  nameCells();
}

document.addEventListener("DOMContentLoaded", () => {
  mend();
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
});
