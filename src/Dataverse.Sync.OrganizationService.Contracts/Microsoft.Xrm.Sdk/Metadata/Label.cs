namespace Microsoft.Xrm.Sdk;

public sealed class Label
{
    public Label()
    {
    }

    public Label(string label, int languageCode)
        : this(new LocalizedLabel(label, languageCode), Array.Empty<LocalizedLabel>())
    {
    }

    public Label(LocalizedLabel userLocalizedLabel, LocalizedLabel[] labels)
    {
        UserLocalizedLabel = userLocalizedLabel;
        LocalizedLabels.AddRange(labels);
    }

    public Label(LocalizedLabel userLocalizedLabel, List<LocalizedLabel> labels)
        : this(userLocalizedLabel, labels.ToArray())
    {
    }

    public LocalizedLabelCollection LocalizedLabels { get; } = new();

    public LocalizedLabel UserLocalizedLabel { get; set; }
}
