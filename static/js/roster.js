// Work on a roster in hand: fetches heading and counts anew, and opens the next page when the work has ended.
const PERIOD = 3000;
const LIVE = ".roster-title, [data-roster-work]";

async function look() {
  const shown = document.querySelectorAll(LIVE);
  if (!document.querySelector("[data-roster-work]")) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.status < 500) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector("[data-roster-work]")) {
        location.reload();
        return;
      }
      const fresh = page.querySelectorAll(LIVE);
      shown.forEach((part, place) => {
        if (part.innerHTML !== fresh[place].innerHTML) part.innerHTML = fresh[place].innerHTML;
      });
    }
  } catch {
    // Offline for a moment: the next round asks again.
  }
  setTimeout(look, PERIOD);
}

setTimeout(look, PERIOD);
