// The preview beside the form of the look follows what is typed.
const preview = document.getElementById("preview");
const look = JSON.parse(preview.dataset.look);
const form = document.getElementById("look");
const told = document.getElementById("preview-contrast");
const COLOUR = /^#[0-9a-f]{6}$/i;
const first = {};
for (const each of preview.querySelectorAll("[data-shows]")) first[each.dataset.shows] ??= each.textContent;

function channels(colour) {
  return [1, 3, 5].map((index) => parseInt(colour.slice(index, index + 2), 16));
}

function luminance(colour) {
  const [red, green, blue] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function lighter(colour) {
  for (let step = 0; step <= 50; step += 1) {
    const shade = "#" + channels(colour).map((one) => Math.round(one + ((255 - one) * step) / 50).toString(16).padStart(2, "0")).join("");
    if (contrast(shade, look.dark) >= 4.5) return shade;
  }
  return "#ffffff";
}

function value(name) {
  const field = form.elements.namedItem(name);
  return field ? field.value.trim() : "";
}

function show() {
  const accent = COLOUR.test(value("accent")) ? value("accent") : look.accents[value("theme")] || look.accents.default;
  const dark = COLOUR.test(value("accent_dark")) ? value("accent_dark") : lighter(accent);
  for (const box of preview.querySelectorAll(".shown")) {
    const style = box.style;
    style.setProperty("--look-accent", box.dataset.scheme === "dark" ? dark : accent);
    style.setProperty("--look-font", look.stacks[value("font")]);
    style.setProperty("--look-heading", look.stacks[value("heading_font") === "system" ? value("font") : value("heading_font")]);
    style.setProperty("--look-radius", look.radii[value("corners")]);
  }
  const title = value("title") || preview.dataset.name;
  const words = { title, tagline: value("tagline"), hero_title: value("hero_title") || `Build with ${title}`, hero_text: value("hero_text") || "Sign up, get a key, and make your first call in a few minutes." };
  for (const each of preview.querySelectorAll("[data-shows]")) each.textContent = words[each.dataset.shows];
  const onWhite = contrast(accent, "#ffffff");
  const onDark = contrast(dark, look.dark);
  const enough = onWhite >= 4.5 && onDark >= 4.5 ? "Both can be read." : "Text needs 4.5: this will be refused.";
  told.textContent = `Contrast: ${onWhite.toFixed(2)} to white, ${onDark.toFixed(2)} to the dark ground. ${enough}`;
}

// A colour is picked or typed; either follows the other.
for (const picker of form.querySelectorAll("[data-picks]")) {
  const field = form.elements.namedItem(picker.dataset.picks);
  picker.hidden = false;
  picker.addEventListener("input", () => {
    field.value = picker.value;
    show();
  });
  field.addEventListener("input", () => {
    if (COLOUR.test(field.value.trim())) picker.value = field.value.trim();
  });
}

// The logo that is chosen stands in the preview before it is saved; pages load no pictures but
// those of the server, so it is painted. What can't be (SVG) is seen once it is saved.
form.elements.namedItem("logo_file").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  const picture = file && (await createImageBitmap(file).catch(() => null));
  if (!picture) return;
  for (const canvas of preview.querySelectorAll("[data-logo-chosen]")) {
    canvas.height = 64;
    canvas.width = Math.max(1, Math.round((picture.width * 64) / picture.height));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const each of canvas.parentElement.children) each.hidden = each !== canvas;
  }
});

form.addEventListener("input", show);
form.addEventListener("change", show);
show();
