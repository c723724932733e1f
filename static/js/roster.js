// Work on a roster in hand: fetches the counts anew, and opens the next page when the work has ended.
const PERIOD = 3000;

async function look() {
  const shown = document.querySelector("[data-roster-work]");
  if (!shown) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-roster-work]");
    if (!fresh) {
      location.reload();
      return;
    }
    if (fresh.innerHTML !== shown.innerHTML) shown.innerHTML = fresh.innerHTML;
  } catch {
    // Offline for a moment: the next round asks again.
  }
  setTimeout(look, PERIOD);
}

setTimeout(look, PERIOD);
