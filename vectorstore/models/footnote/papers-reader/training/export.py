"""Two graphs with shared weights: `paper.onnx` reads a paper once, `read.onnx` reads a question against such papers."""
import sys, os, hashlib, numpy as np, torch, torch.nn.functional as F, onnx, warnings
from safetensors.torch import load_file
from model import Student
from reader import Reader
warnings.filterwarnings('ignore')
weights, out = sys.argv[1:3]; os.makedirs(out, exist_ok=True); torch.set_grad_enabled(False)
W = {k: v.float() for k, v in load_file(weights).items()}
m = Reader(Student(), np.zeros(40000)); m.load_state_dict(W); m.eval()

class Base(torch.nn.Module):
    def __init__(s):
        super().__init__(); s.m = m; e = m.st.E.weight.data.clone(); e[0] = 0; sc = e.abs().amax(1, keepdim=True) / 127
        s.register_buffer('q8', (e / sc.clamp(min=1e-9)).round().clamp(-127, 127).to(torch.int8)); s.register_buffer('sc', sc)
    def enc(s, ids, seg):
        st = s.m.st; mask = (ids > 0).float(); L = torch.arange(ids.shape[1]); r = (L[None] - L[:, None]).clamp(-st.R, st.R) + st.R
        E = s.q8[ids].float() * s.sc[ids] * mask[..., None]; x = E
        for i in range(st.L):
            if i == s.m.frozen: x = x + seg
            x = s.m.layer(i, x, r, None)
        return E, x, F.linear(x.mean(1), st.head)

class Paper(Base):
    def forward(s, ids, segments, positions):
        m = s.m; E, x, pool = s.enc(ids, m.seg[segments]); g = positions.clamp(min=0); k = (positions >= 0).float()
        S = m.pack_s(E.reshape(-1, 256)[g], x.reshape(-1, 256)[g], k, pool)
        return torch.cat([S['n3'], S['k'], S['v']], 2), F.normalize(S['pool'], dim=1), m.ps(S['z']), F.normalize(pool, dim=1)

class Read(Base):
    def forward(s, question, ids, tokens, scales, sentence, topic, paper, own, sentences, place):
        m = s.m; d, D, H = m.st.d, m.D, m.H
        E, x, pool = s.enc(question, m.seg[0]); mk = (question > 4).float(); Q = m.pack_q(question, E, x, mk, pool)
        nq = question.shape[1]; N, T = ids.shape[0], ids.shape[1]; neg = ((ids > 0).float() - 1) * 1e4
        t = tokens.float(); n3 = t[:, :, :d] * scales[:, :, 0:1]; kk = t[:, :, d:d + D] * scales[:, :, 1:2]; vv = t[:, :, d + D:] * scales[:, :, 2:3]
        n0 = F.normalize(s.q8[ids].float(), dim=-1)
        S0 = torch.matmul(Q['n0'].reshape(nq, d), n0.reshape(N * T, d).t()).view(nq, N, T); S3 = torch.matmul(Q['n3'].reshape(nq, d), n3.reshape(N * T, d).t()).view(nq, N, T)
        m0 = (S0 + neg).amax(2); m3 = (S3 + neg).amax(2)
        M0 = m0[:, sentences].amax(2)[:, own]; M3 = m3[:, sentences].amax(2)[:, own]; t0 = m0[:, sentences[:, 0]][:, own]
        u = Q['u'].reshape(nq, 1, D); kq = Q['k'].reshape(nq, H, D // H); ks = kk.reshape(N * T, H, D // H); v = vv.reshape(N, T, H, D // H); al = []
        for h in range(H):
            lg = torch.matmul(kq[:, h], ks[:, h].t()).view(nq, N, T) * (D // H) ** -.5 + m.ab[0, h] * S0 + m.ab[1, h] * S3 + neg
            al.append(torch.matmul(lg.softmax(2).transpose(0, 1), v[:, :, h]))
        a = torch.cat(al, 2).transpose(0, 1); fe = torch.stack([m0, m3, M0, M3, t0], 2)
        r = F.gelu(m.wu(u) + m.wa(a) + m.wm(u * a) + m.wd((u - a).abs()) + m.wf(fe)); w = Q['w'].view(1, nq)
        p1 = torch.matmul(w, r.reshape(nq, N * D)).view(N, D); pf = torch.matmul(w, fe.reshape(nq, N * 5)).view(N, 5)
        p2 = (r + ((Q['m'] - 1) * 1e4).view(nq, 1, 1)).amax(0); qp = F.normalize(Q['pool'], dim=1)
        c = torch.matmul(sentence, qp.t()); cp = torch.matmul(paper, qp.t())[own]
        zq = m.pq(Q['z']).expand(N, D); g = torch.cat([pf, c, cp, place], 1)
        return (m.f2(F.gelu(m.f1(torch.cat([p1, p2, g, zq, topic, zq * topic], 1)))) + m.f0(g)).squeeze(1)

def quantised(t):
    parts = []; sc = []
    for a, b in ((0, 256), (256, 320), (320, 384)):
        x = t[..., a:b]; s = np.maximum(np.abs(x).max(-1, keepdims=True) / 127, 1e-9).astype(np.float32); parts.append(np.clip(np.round(x / s), -127, 127).astype(np.int8)); sc.append(s)
    return np.concatenate(parts, -1), np.concatenate(sc, -1)

from onnxruntime.quantization import quantize_dynamic, QuantType
from onnxruntime.quantization.shape_inference import quant_pre_process
def export(name, mod, inp, outn, dyn):
    torch.onnx.export(mod, tuple(inp.values()), f'{out}/{name}.fp32.onnx', input_names=list(inp), output_names=outn, dynamic_axes=dyn, opset_version=17, dynamo=False, do_constant_folding=True)
    quant_pre_process(f'{out}/{name}.fp32.onnx', f'{out}/pre.onnx', skip_symbolic_shape=True)
    mm = onnx.load(f'{out}/pre.onnx'); I = {i.name: list(i.dims) for i in mm.graph.initializer}
    # Only the encoder's own matrices: the rest is small, and loses more than it gains.
    keep = [n.name for n in mm.graph.node if n.op_type in ('MatMul', 'Gemm') and not (len(n.input) > 1 and n.input[1] in I and I[n.input[1]] in ([256, 768], [768, 256], [256, 256]))]
    quantize_dynamic(f'{out}/pre.onnx', f'{out}/{name}.onnx', op_types_to_quantize=['MatMul', 'Gemm'], weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=keep + [f'{k}_MatMul' for k in keep])
    os.remove(f'{out}/pre.onnx')

def share(names):
    """Moves large tensors of all graphs into one file, each distinct one once."""
    at = {}; data = bytearray()
    for name in names:
        mm = onnx.load(f'{out}/{name}.onnx'); mm.ir_version = 8
        k = [o for o in mm.opset_import if o.domain in ('', 'ai.onnx')]; del mm.opset_import[:]; mm.opset_import.extend(k)
        for t in mm.graph.initializer:
            raw = t.raw_data if t.HasField('raw_data') else onnx.numpy_helper.to_array(t).tobytes()
            if len(raw) < 1024: continue
            h = hashlib.sha256(raw).digest()
            if h not in at:
                data.extend(b'\0' * (-len(data) % 64)); at[h] = len(data); data.extend(raw)
            arr = onnx.numpy_helper.to_array(t); typ = t.data_type; dims = list(t.dims); nm = t.name; t.Clear(); t.name = nm; t.data_type = typ; t.dims.extend(dims); t.data_location = onnx.TensorProto.EXTERNAL
            for key, val in (('location', 'weights.bin'), ('offset', at[h]), ('length', len(raw))): e = t.external_data.add(); e.key = key; e.value = str(val)
        onnx.save(mm, f'{out}/{name}.onnx')
    open(f'{out}/weights.bin', 'wb').write(bytes(data))

# Sample inputs from random ids, enough to trace and to compare.
rng = np.random.default_rng(0)
def paper_inputs(n=6):
    ids = []; seg = []; spans = []
    for k in range(n):
        L = int(rng.integers(8, 40)); t = rng.integers(5, 40000, L); spans.append([len(ids) + j for j in range(L)][:48]); ids += t.tolist(); seg += [1 if k == 0 else 2] * L
    T = max(map(len, spans)); pos = np.full((n, T), -1, np.int64)
    for k, x in enumerate(spans): pos[k, :len(x)] = x
    return dict(ids=torch.tensor([ids]), segments=torch.tensor([seg]), positions=torch.from_numpy(pos))
papers = [paper_inputs(int(rng.integers(4, 10))) for _ in range(5)]; pm = Paper(); rm = Read()
P = papers[0]
export('paper', pm, P, ['tokens', 'sentence', 'topic', 'paper'], dict(ids={1: 'L'}, segments={1: 'L'}, positions={0: 'N', 1: 'T'}, tokens={0: 'N', 1: 'T'}, sentence={0: 'N'}, topic={0: 'N'}))
def joined(outs):
    N = sum(p['positions'].shape[0] for p in papers); T = max(p['positions'].shape[1] for p in papers)
    ids = np.zeros((N, T), np.int64); tok = np.zeros((N, T, 384), np.int8); sc = np.zeros((N, T, 3), np.float32); sen = []; top = []; pap = []; own = []; idx = []; place = []; o = 0
    for b, (p, (t, s, z, q)) in enumerate(zip(papers, outs)):
        pos = p['positions'].numpy(); n, w = pos.shape; a = np.where(pos >= 0, p['ids'].numpy()[0][pos.clip(0)], 0); ids[o:o + n, :w] = a; tok[o:o + n, :w], sc[o:o + n, :w] = quantised(t); sen.append(s); top.append(z); pap.append(q)
        own += [b] * n; idx.append(list(range(o, o + n))); place += [[k / n, float(k == 1), float(k == n - 1), .5] for k in range(n)]; o += n
    S = max(map(len, idx)); idx = np.array([x + [x[0]] * (S - len(x)) for x in idx])
    return dict(question=rng.integers(5, 40000, (1, 12)), ids=ids, tokens=tok, scales=sc, sentence=np.concatenate(sen), topic=np.concatenate(top), paper=np.concatenate(pap), own=np.array(own), sentences=idx, place=np.array(place, np.float32))
R = {k: torch.from_numpy(v) for k, v in joined([[x.numpy() for x in pm(**p)] for p in papers]).items()}
export('read', rm, R, ['score'], dict(question={1: 'n'}, ids={0: 'N', 1: 'T'}, tokens={0: 'N', 1: 'T'}, scales={0: 'N', 1: 'T'}, sentence={0: 'N'}, topic={0: 'N'}, paper={0: 'B'}, own={0: 'N'}, sentences={0: 'B', 1: 'S'}, place={0: 'N'}, score={0: 'N'}))
share(['paper', 'read'])
import onnxruntime as ort
sp, sr = ort.InferenceSession(f'{out}/paper.onnx'), ort.InferenceSession(f'{out}/read.onnx')
o8 = [sp.run(None, {k: v.numpy() for k, v in p.items()}) for p in papers]; R8 = joined(o8); R8['question'] = R['question'].numpy()
ref = rm(**R).numpy(); y = sr.run(None, R8)[0]; y32 = ort.InferenceSession(f'{out}/read.fp32.onnx').run(None, {k: v.numpy() for k, v in R.items()})[0]
print('int8 against torch: max', np.abs(y - ref).max(), 'corr', np.corrcoef(y, ref)[0, 1], '| fp32 graph', np.abs(y32 - ref).max(), 'range', ref.min(), ref.max(), 'none', m.none.item())
# against the training path
from reader import papers_flat, sent_pack, quest_flat, quest_pack
TK = []
for p in papers:
    ids = p['ids'].numpy()[0]; seg = p['segments'].numpy()[0]; pos = p['positions'].numpy(); cut = [int(x[0]) for x in pos] + [len(ids)]; TK.append([ids[a:b].tolist() for a, b in zip(cut, cut[1:])])
fl = papers_flat(m, TK, range(len(TK)), chunk=1); S, own, idx, pos, num = sent_pack(m, fl, range(len(TK))); fq = quest_flat(m, R['question'].tolist()); r2 = m.inter(quest_pack(m, fq, R['question'].tolist(), [0]), S, own, idx, pos).numpy()[0]
R['place'] = pos; print('training path against these', np.abs(rm(**R).numpy() - r2).max())
for f in os.listdir(out): print(f, os.path.getsize(f'{out}/{f}') / 1e6)
