"""What people put around a question, and slips of the finger: none of it may move a score."""
BEFORE = """Hi! | Hello, | Hey there, | Hi, hope you are well. | Good morning, | Good evening! | Dear Footnote, | hey | Hi all, | Hello! I have a question:
Quick question: | Sorry to bother you, | I am a PhD student and wonder: | I am new to this field. | So, | ok so | Hi, I work in industry. | Please help me: | Just curious:
Could you tell me: | I was wondering: | One more thing: | Thanks for the last answer! Next: | Can you help? | My supervisor asked me this: | For a blog post: | For my thesis:
I am preparing a lecture for next week. | We were discussing this over lunch: | I could not find this anywhere: | Maybe a stupid question, but | Not sure how to say this:
I am a journalist. | As a nurse I would like to know: | Greetings from Spain! | hi there, me again. | Somebody told me you know papers. | I read something about this once.
Can you find a paper on this: | Looking for research: | I need sources on the following. | Find me studies: | Do you know any paper about this? | I want to know | Tell me:
My team has to decide something by Monday. | I have five minutes, so: | Question from a beginner: | I teach at a school. | Ok next one. | Hmm, | Well, | By the way,""".replace("\n", " | ").split(" | ")
AFTER = """Thanks! | thanks | Thank you in advance. | thx | Many thanks | cheers | Thanks a lot for your help! | much appreciated | please | Regards, Anna | Thank you!! | ty | Best, Tom
Please cite the papers. | cite the papers | in two sentences please | Answer briefly. | Keep it short. | Give me bullet points. | with references please | Please quote the sentence.
in plain words | Explain simply. | one paragraph please | Give sources. | Answer in a table. | Please be detailed. | List the papers. | short answer only | I need it for my thesis.
as a bullet list | no jargon please | Explain it like I am five. | What does the literature say? | Just the number please. | Please answer in English. | I am in a hurry.
Links would be great. | Only recent work please. | If you do not know, say so. | Please don't make things up. | Is there a paper on that? | Any papers? | Any research on this?
A rough answer is fine. | Write it as an email to my boss. | With page numbers if you can. | Have a nice day! | Sent from my phone | Take your time. | Does that make sense?
Please start with the answer. | Use at most fifty words. | Include the authors. | I hope that is clear. | Sorry for my English. | Kind regards""".replace("\n", " | ").split(" | ")


def typo(text, rng):
    words = text.split()
    for _ in range(rng.choice([1, 1, 2])):
        long = [i for i, x in enumerate(words) if len(x) > 4]
        if not long:
            break
        i = rng.choice(long)
        x, z = words[i], rng.random()
        j = rng.randrange(1, len(x) - 1)
        words[i] = x[:j] + x[j + 1] + x[j] + x[j + 2 :] if z < 0.35 else x[:j] + x[j + 1 :] if z < 0.7 else x[:j] + x[j] + x[j:]
    return " ".join(words)


def augment(text, rng, share=0.4):
    if rng.random() < 0.12:
        text = typo(text, rng)
    if rng.random() < share:
        z = rng.random()
        if z < 0.7:
            text = rng.choice(BEFORE) + " " + text
        if z > 0.4:
            text = text + " " + rng.choice(AFTER)
        if z > 0.93:
            text = text + " " + rng.choice(AFTER)
    return text
