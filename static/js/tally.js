// Counting with one thumb: +1 and −1 beside each number, sums by audience and for the whole form.
const numberOf = (input) => Math.max(Number.parseInt(input.value, 10) || 0, 0);
const inWords = (count) => `${count.toLocaleString("vi")} lượt`;

function addUp() {
  let total = 0;
  for (const group of document.querySelectorAll(".tally-group")) {
    let sum = 0;
    for (const input of group.querySelectorAll("input")) sum += numberOf(input);
    group.querySelector("[data-tally-sum]").textContent = sum ? inWords(sum) : "";
    total += sum;
  }
  const told = document.querySelector("[data-tally-total]");
  told.hidden = false;
  told.textContent = `Tổng: ${inWords(total)} hỗ trợ`;
}

for (const button of document.querySelectorAll("[data-step]")) {
  const input = button.parentElement.querySelector("input");
  button.hidden = false;
  button.addEventListener("click", () => {
    const count = Math.max(numberOf(input) + Number(button.dataset.step), 0);
    input.value = count || "";
    addUp();
  });
}
for (const input of document.querySelectorAll(".tally-group input")) input.addEventListener("input", addUp);
addUp();
