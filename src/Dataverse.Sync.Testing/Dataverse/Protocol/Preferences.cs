using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The preferences of the <c>Prefer</c> header that the service supports.</summary>
internal sealed record Preferences
{
    public bool ReturnRepresentation { get; private init; }

    public int? MaxPageSize { get; private init; }

    public bool TrackChanges { get; private init; }

    public bool ContinueOnError { get; private init; }

    public AnnotationFilter Annotations { get; private init; } = AnnotationFilter.None;

    public static Preferences Parse(string? header)
    {
        var preferences = new Preferences();
        foreach (var (name, value) in Split(header ?? "").Select(Pair))
        {
            preferences = preferences.With(name, value);
        }

        return preferences;
    }

    /// <summary>Adds the header that tells the client which preferences a read applied.</summary>
    public EmulatorResponse Applied(EmulatorResponse response)
    {
        var applied = new List<string>();
        if (TrackChanges)
        {
            applied.Add("odata.track-changes");
        }

        if (MaxPageSize is { } size)
        {
            applied.Add($"odata.maxpagesize={size}");
        }

        if (Annotations.Text is { } text)
        {
            applied.Add($"odata.include-annotations=\"{text}\"");
        }

        return applied.Count == 0 ? response : response.WithHeader("Preference-Applied", string.Join(',', applied));
    }

    private Preferences With(string name, string value) => name switch
    {
        "return" when value == "representation" => this with { ReturnRepresentation = true },
        "odata.maxpagesize" or "maxpagesize" => this with { MaxPageSize = Size(value) ?? MaxPageSize },
        "odata.track-changes" => this with { TrackChanges = true },
        "odata.continue-on-error" when value is "" or "true" => this with { ContinueOnError = true },
        "odata.include-annotations" => this with { Annotations = AnnotationFilter.Parse(value) },
        _ => this,
    };

    private static int? Size(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null;

    private static IEnumerable<string> Split(string header)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < header.Length; i++)
        {
            quoted ^= header[i] == '"';
            if (header[i] != ',' || quoted)
            {
                continue;
            }

            yield return header[start..i];
            start = i + 1;
        }

        yield return header[start..];
    }

    private static (string Name, string Value) Pair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
        return (name.Trim(), value.Trim().Trim('"'));
    }
}
