// The page at the door. Every scan is kept in this browser first and sent second, under an id of its
// own, so that losing the network, closing the page or sending twice changes no count.
(() => {
  "use strict";

  const root = document.getElementById("check-in");
  if (!root) return;
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const { session, event: eventId, publicKey, scansUrl, ticketsUrl } = root.dataset;
  const QUEUE = `diem-danh:${session}`;
  const BATCH = 100;
  const WAIT_FOR_SERVER = 1500;
  const SAME_CODE_REST = 3000;
  const token = () => root.querySelector("[name=csrfmiddlewaretoken]").value;

  // --- What this browser keeps ------------------------------------------------------------------
  const store = {
    read(key, otherwise) {
      try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
    },
    write(key, value) {
      try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
    },
  };
  let unkept = [];
  const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  let device = store.read("diem-danh:may", null);
  if (!device) { device = `may-${randomId()}`; store.write("diem-danh:may", device); }

  const pending = () => [...store.read(QUEUE, []), ...unkept];
  const keep = (scan) => { if (!store.write(QUEUE, [...store.read(QUEUE, []), scan])) unkept.push(scan); };
  const drop = (nonces) => {
    store.write(QUEUE, store.read(QUEUE, []).filter((scan) => !nonces.has(scan.nonce)));
    unkept = unkept.filter((scan) => !nonces.has(scan.nonce));
  };

  // --- What the page knows without the server ---------------------------------------------------
  const tickets = new Map();
  let isReady = false;
  let key = null;

  const bytes = (base64) => Uint8Array.from(atob(base64.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

  async function isSigned(serial, signature) {
    if (!crypto.subtle) return true; // no secure context: the server decides when it hears of it
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    key ??= await crypto.subtle.importKey("spki", bytes(publicKey), algorithm, false, ["verify"]);
    const text = new TextEncoder().encode(`ticket:v1:${eventId}:${serial}`);
    try {
      return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes(signature), text);
    } catch { return false; }
  }

  const TYPED = /^[2-9A-HJKMNP-Z]{8}$/;
  const bare = (code) => code.replace(/[\s.\-–—_]/g, "").toUpperCase();
  const serialOf = (code) => (TYPED.test(bare(code)) ? bare(code) : code.split(".")[2]);

  // The page's own judgement of a code, in the shape of the server's answer.
  async function judge(scan) {
    const result = (tone, headline, note = "", ticket = null) => ({
      nonce: scan.nonce, tone, headline, note, time: clock(new Date(scan.device_at), true),
      name: ticket?.name ?? "", unit: ticket?.unit ?? "", about: ticket?.about ?? "",
    });
    const serial = serialOf(scan.code);
    if (!TYPED.test(bare(scan.code))) {
      const [prefix, event, shown, signature, ...more] = scan.code.split(".");
      if (prefix !== "BDHVS1" || !signature || more.length) return result("red", "Mã không hợp lệ", "Hãy tìm theo tên.");
      if (event !== eventId) return result("red", "Vé của sự kiện khác");
      if (!(await isSigned(shown, signature))) return result("red", "Mã không hợp lệ", "Hãy tìm theo tên.");
    }
    const ticket = tickets.get(serial);
    if (!ticket) {
      return isReady ? result("red", "Không tìm thấy vé", "Không có trong danh sách trên máy này.")
        : result("amber", "Đã lưu, chờ gửi", "Chưa tải được danh sách nên chưa biết vé của ai.");
    }
    if (!ticket.good) return result("red", "Vé đã hủy", "", ticket);
    if (ticket.present) return result("amber", `Đã có mặt lúc ${ticket.present}`, "", ticket);
    ticket.present = clock(new Date(scan.device_at));
    counts.present += 1;
    return result("green", "Có mặt, chờ gửi", "", ticket);
  }

  // --- What the page shows ----------------------------------------------------------------------
  const counts = {
    present: Number(part("present").textContent.replace(/\D/g, "")),
    seated: Number(part("seated").textContent.replace(/\D/g, "")),
  };
  const number = new Intl.NumberFormat("vi-VN");

  function clock(moment, withSeconds = false) {
    const two = (value) => String(value).padStart(2, "0");
    const short = `${moment.getHours()}:${two(moment.getMinutes())}`;
    return withSeconds ? `${short}:${two(moment.getSeconds())}` : short;
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function showCounts() {
    const waiting = pending().length;
    part("present").textContent = number.format(counts.present);
    part("seated").textContent = number.format(counts.seated);
    part("missing").textContent = number.format(Math.max(counts.seated - counts.present, 0));
    part("pending").textContent = number.format(waiting);
    part("pending-box").hidden = waiting === 0 && navigator.onLine;
    part("offline").hidden = navigator.onLine;
  }

  function showBand(result) {
    const band = element("div", `scan-band scan-band-${result.tone}`);
    const text = element("div", "scan-band-text");
    const head = result.tone === "amber" ? result.headline : `${result.headline} · ${result.time}`;
    text.append(element("p", "scan-band-head", head));
    if (result.name) text.append(element("p", "scan-band-name", result.name));
    for (const line of [result.about, result.note]) if (line) text.append(element("p", "", line));
    band.append(part(`icon-${result.tone}`).content.cloneNode(true), text);
    part("band").replaceChildren(band);
  }

  function lineOf(result) {
    const line = element("li", "scan-line");
    line.dataset.nonce = result.nonce;
    const who = element("span", "scan-line-who");
    if (result.name) who.append(element("strong", "", result.name), " ");
    if (result.tone === "green") {
      who.append(element("span", "scan-line-about", result.unit));
    } else {
      const state = part(`word-${result.tone}`).content.cloneNode(true);
      state.querySelector(".state > span").textContent = result.headline;
      who.append(state);
    }
    line.append(who, element("span", "scan-line-time figures", result.time));
    return line;
  }

  function showLine(result) {
    const lines = part("lines");
    const before = lines.querySelector(`[data-nonce="${CSS.escape(result.nonce)}"]`);
    if (before) before.replaceWith(lineOf(result));
    else lines.prepend(lineOf(result));
    while (lines.children.length > 5) lines.lastElementChild.remove();
  }

  function showProblem(sentence) {
    part("problem").textContent = sentence;
    part("problem").hidden = !sentence;
  }

  // --- Sending ----------------------------------------------------------------------------------
  let sending = null;
  let latest = "";
  let answers = 0;

  async function post(scans) {
    const answer = await fetch(scansUrl, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ scans }),
    });
    if (answer.ok) return answer.json();
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      showProblem("Phiên đăng nhập đã hết. Các lượt quét vẫn giữ trên máy này: hãy đăng nhập lại rồi mở lại trang này.");
    } else if (answer.status < 500) {
      showProblem((await answer.json().catch(() => ({}))).problem ?? "Máy chủ chưa nhận các lượt quét. Các lượt vẫn giữ trên máy này.");
    }
    throw new Error(`answered ${answer.status}`);
  }

  function note(result, code) {
    const ticket = tickets.get(serialOf(code));
    if (ticket && ["admitted", "repeated"].includes(result.outcome)) ticket.present ||= result.time.replace(/:\d\d$/, "");
    showLine(result);
    if (result.nonce === latest) showBand(result);
  }

  async function sendAll() {
    for (let scans = pending().slice(0, BATCH); scans.length; scans = pending().slice(0, BATCH)) {
      const answer = await post(scans);
      answers += 1;
      const codes = new Map(scans.map((scan) => [scan.nonce, scan.code]));
      drop(new Set(codes.keys()));
      showProblem(answer.unread.length ? `${answer.unread.length} lượt quét không đọc được nên đã bỏ.` : "");
      counts.present = answer.present;
      counts.seated = answer.seated;
      answer.results.forEach((result) => note(result, codes.get(result.nonce) ?? ""));
      showCounts();
    }
  }

  // One sender per page; a second call waits for the first and then for what came in between.
  function send() {
    sending = (sending ?? Promise.resolve()).then(sendAll).then(() => true, () => false);
    return sending.finally(showCounts);
  }

  const rest = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds, false); });

  // Scans judged before the list was here: they are judged again once it is.
  const unknown = new Map();

  async function judgeHere(scan) {
    const wasReady = isReady;
    const result = await judge(scan);
    if (!pending().some((waiting) => waiting.nonce === scan.nonce)) return; // answered meanwhile
    if (!wasReady) unknown.set(scan.nonce, scan);
    if (latest === scan.nonce) showBand(result);
    showLine(result);
    showCounts();
  }

  async function judgeUnknown() {
    const scans = [...unknown.values()];
    unknown.clear();
    for (const scan of scans) await judgeHere(scan);
  }

  async function take(code, method) {
    const scan = { code, method, device, nonce: randomId(), device_at: new Date().toISOString() };
    latest = scan.nonce;
    keep(scan);
    showCounts();
    const isSent = navigator.onLine && (await Promise.race([send(), rest(WAIT_FOR_SERVER)]));
    if (isSent || !pending().some((waiting) => waiting.nonce === scan.nonce)) return;
    await judgeHere(scan);
  }

  // --- Codes come in ----------------------------------------------------------------------------
  let lastCode = "";
  let lastSeen = 0;

  // The camera sees one code many times a second: it counts again only after a rest out of sight.
  function seen(code) {
    const now = Date.now();
    const isNew = code !== lastCode || now - lastSeen > SAME_CODE_REST;
    lastCode = code;
    lastSeen = now;
    if (!isNew) return;
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(80);
    take(code, "qr");
  }

  part("typed").addEventListener("submit", (submitted) => {
    const field = submitted.target.elements.code;
    if (!field.value.trim()) return; // the server says what is missing
    submitted.preventDefault();
    take(field.value.trim(), "typed");
    field.value = "";
    field.focus();
  });

  // A list asked for before a scan arrived there does not know it: then it is asked for again.
  async function listOfNow() {
    for (;;) {
      const heard = answers;
      const answer = await fetch(ticketsUrl, { redirect: "manual" });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      const listed = await answer.json();
      if (heard === answers) return listed;
    }
  }

  async function loadTickets() {
    try {
      const listed = await listOfNow();
      listed.tickets.forEach((ticket) => tickets.set(ticket.serial, ticket));
      isReady = true;
      counts.present = listed.present;
      counts.seated = listed.seated;
      const good = listed.tickets.filter((ticket) => ticket.good).length;
      part("ready-text").textContent = `Sẵn sàng: ${number.format(good)}/${number.format(listed.seated)} lúc ${listed.at}`;
      judgeUnknown();
    } catch {
      if (!isReady) part("ready-text").textContent = "Chưa tải được danh sách";
    }
    showCounts();
  }

  async function openCamera() {
    part("camera").hidden = false;
    const say = (sentence) => { part("camera-hint").textContent = sentence; };
    try {
      const { openScanner } = await import(root.dataset.camera);
      const { barcode, wasm } = root.dataset;
      await openScanner({ video: part("video"), torch: part("torch"), barcode, wasm, onCode: seen });
      say("Đưa mã QR vào khung");
    } catch (error) {
      say(error.name === "NotAllowedError" ? "Chưa được phép dùng máy ảnh. Cho phép trong trình duyệt, hoặc nhập mã vé."
        : "Không mở được máy ảnh. Hãy nhập mã vé hoặc tìm theo tên.");
    }
  }

  part("readiness").hidden = false;
  showCounts();
  loadTickets();
  openCamera();
  if (pending().length) send();
  addEventListener("online", () => { showCounts(); send(); if (!isReady) loadTickets(); });
  addEventListener("offline", showCounts);
  setInterval(() => { if (navigator.onLine && pending().length) send(); }, 10000);
})();
