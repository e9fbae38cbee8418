namespace Dataverse.Sync;

/// <summary>How a country writes numbers and dates.</summary>
/// <param name="Decimal">The sign before the decimal places.</param>
/// <param name="Group">The sign between groups of three digits.</param>
/// <param name="Date">The format of a date.</param>
/// <param name="Time">The format of a time.</param>
internal readonly record struct Conventions(char Decimal, char Group, string Date, string Time = "HH:mm:ss")
{
    private const char Space = '\u00A0';
    private const string TwelveHours = "h:mm:ss tt";

    /// <summary>The conventions of the countries for which they do not depend on the data of the operating system.</summary>
    public static IReadOnlyDictionary<string, Conventions> ByCulture { get; } =
        new Dictionary<string, Conventions>(StringComparer.OrdinalIgnoreCase)
        {
            ["bg-BG"] = new(',', Space, "d.MM.yyyy"),
            ["cs-CZ"] = new(',', Space, "dd.MM.yyyy"),
            ["da-DK"] = new(',', '.', "dd-MM-yyyy"),
            ["de-AT"] = new(',', Space, "dd.MM.yyyy"),
            ["de-CH"] = new('.', '’', "dd.MM.yyyy"),
            ["de-DE"] = new(',', '.', "dd.MM.yyyy"),
            ["el-GR"] = new(',', '.', "d/M/yyyy"),
            ["en-AU"] = new('.', ',', "d/MM/yyyy", TwelveHours),
            ["en-CA"] = new('.', ',', "yyyy-MM-dd", TwelveHours),
            ["en-GB"] = new('.', ',', "dd/MM/yyyy"),
            ["en-IE"] = new('.', ',', "dd/MM/yyyy"),
            ["en-NZ"] = new('.', ',', "d/MM/yyyy", TwelveHours),
            ["en-US"] = new('.', ',', "M/d/yyyy", TwelveHours),
            ["en-ZA"] = new(',', Space, "yyyy/MM/dd"),
            ["es-ES"] = new(',', '.', "dd/MM/yyyy"),
            ["es-MX"] = new('.', ',', "dd/MM/yyyy"),
            ["et-EE"] = new(',', Space, "dd.MM.yyyy"),
            ["fi-FI"] = new(',', Space, "d.M.yyyy"),
            ["fr-BE"] = new(',', Space, "dd-MM-yyyy"),
            ["fr-CA"] = new(',', Space, "yyyy-MM-dd"),
            ["fr-CH"] = new('.', '’', "dd.MM.yyyy"),
            ["fr-FR"] = new(',', Space, "dd/MM/yyyy"),
            ["hr-HR"] = new(',', '.', "dd.MM.yyyy"),
            ["hu-HU"] = new(',', Space, "yyyy.MM.dd"),
            ["is-IS"] = new(',', '.', "d.M.yyyy"),
            ["it-CH"] = new('.', '’', "dd.MM.yyyy"),
            ["it-IT"] = new(',', '.', "dd/MM/yyyy"),
            ["lt-LT"] = new(',', Space, "yyyy-MM-dd"),
            ["lv-LV"] = new(',', Space, "dd.MM.yyyy"),
            ["nb-NO"] = new(',', Space, "dd.MM.yyyy"),
            ["nl-BE"] = new(',', '.', "d/MM/yyyy"),
            ["nl-NL"] = new(',', '.', "d-M-yyyy"),
            ["pl-PL"] = new(',', Space, "dd.MM.yyyy"),
            ["pt-BR"] = new(',', '.', "dd/MM/yyyy"),
            ["pt-PT"] = new(',', Space, "dd/MM/yyyy"),
            ["ro-RO"] = new(',', '.', "dd.MM.yyyy"),
            ["ru-RU"] = new(',', Space, "dd.MM.yyyy"),
            ["sk-SK"] = new(',', Space, "d.M.yyyy"),
            ["sl-SI"] = new(',', '.', "d.MM.yyyy"),
            ["sv-SE"] = new(',', Space, "yyyy-MM-dd"),
            ["tr-TR"] = new(',', '.', "d.MM.yyyy"),
            ["uk-UA"] = new(',', Space, "dd.MM.yyyy"),
        };
}
