namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What the service does to a value when it stores it, without saying so.</summary>
internal static class StoredValues
{
    /// <exception cref="BusinessCentralException">The number has too many decimal places.</exception>
    public static object Of(object value, BusinessCentralField field, BusinessCentralEmulatorOptions options) => value switch
    {
        decimal number when field.DecimalPlaces is { } places => Number(number, places, options),
        DateTimeOffset moment when moment != DateTimeOffset.MinValue => Moment(moment, options),
        string text when field.Type == BusinessCentralFieldType.Text => Text(text, options),
        _ => value,
    };

    private static decimal Number(decimal number, int places, BusinessCentralEmulatorOptions options)
    {
        var rounded = decimal.Round(number, places, options.NumberRounding);
        return options.ExcessDecimals switch
        {
            BusinessCentralDecimals.Keep => number,
            BusinessCentralDecimals.Refuse when rounded != number => throw Errors.FieldValidation(
                $"The field can have a maximum of {places} decimal places."),
            _ => rounded,
        };
    }

    private static DateTimeOffset Moment(DateTimeOffset moment, BusinessCentralEmulatorOptions options) =>
        options.CutsInstants ? Stamps.Cut(moment) : Stamps.Rounded(moment);

    private static string Text(string text, BusinessCentralEmulatorOptions options)
    {
        text = options.StoresLineFeeds ? text.ReplaceLineEndings("\n") : text;
        return options.TrimsText ? text.Trim() : text;
    }
}
