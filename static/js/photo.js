// Makes a large photo small on the phone before it is sent, so that it goes up on a weak signal,
// and shows which one was chosen. Without it, or where it fails, the photo goes as it is.

const LONGEST = 2000;
const SMALL_ENOUGH = 1_500_000;

async function smaller(file) {
  if (file.size <= SMALL_ENOUGH || !file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return made && made.size < file.size ? new File([made], "photo.jpg", { type: "image/jpeg" }) : file;
}

function watch(part) {
  const input = part.querySelector("input[type=file]");
  const form = input?.form;
  if (!form) return;
  const said = document.createElement("p");
  said.className = "photo-choice__said";
  said.setAttribute("role", "status");
  input.after(said);
  let working = Promise.resolve();

  const take = async () => {
    const [file] = input.files;
    said.textContent = file ? "Making the photo ready …" : "";
    if (!file) return;
    try {
      const small = await smaller(file);
      if (small !== file) {
        const list = new DataTransfer();
        list.items.add(small);
        input.files = list.files;
      }
    } catch {
      // This browser can't read the photo. The server can, or says what is wrong with it.
    }
    const size = (input.files[0].size / 1_000_000).toFixed(1);
    said.textContent = `Photo chosen, ${size} MB to send.`;
  };

  input.addEventListener("change", () => (working = take()));
  form.addEventListener("submit", (event) => {
    if (!said.textContent.startsWith("Making")) return;
    event.preventDefault();
    const { submitter } = event;
    working.then(() => form.requestSubmit(submitter));
  });
}

document.querySelectorAll("[data-photo-choice]").forEach(watch);
