using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>The fields of the standard customer mapping on both wires, and the way of one customer from JSON to JSON without anything between.</summary>
internal sealed class CustomerPayload
{
    private readonly (byte[] Local, JsonEncodedText Integration)[] fields;
    private readonly JsonEncodedText currency;
    private readonly JsonEncodedText owner;

    /// <summary>Prepares the names.</summary>
    /// <param name="currency">The currency of every customer; the engine writes it too.</param>
    /// <param name="owner">The user who is every customer's salesperson; likewise.</param>
    public CustomerPayload(Guid currency, Guid owner)
    {
        var mapped = StandardMappings.Create().Single(mapping => mapping.Name == StandardMappingNames.Customer).Fields
            .Where(field => field is { IsEnabled: true, Lookup: null, Options: null, LocalField: not null, IntegrationField: not null })
            .ToList();
        fields = [.. mapped.Select(field => (Encoding.UTF8.GetBytes(field.LocalField!), JsonEncodedText.Encode(field.IntegrationField!)))];
        Select = string.Join(',', mapped.Select(field => field.LocalField));
        this.currency = JsonEncodedText.Encode($"/transactioncurrencies({currency})");
        this.owner = JsonEncodedText.Encode($"/systemusers({owner})");
    }

    /// <summary>The fields to read, for <c>$select</c>.</summary>
    public string Select { get; }

    /// <summary>Writes the object that the reader stands at as an account that is to be created.</summary>
    /// <param name="customer">Stands at the beginning of the customer, and at its end afterwards.</param>
    /// <param name="output">Receives the account.</param>
    /// <param name="withType">Whether the account says of which type it is, as bulk messages want it.</param>
    public void Convert(ref Utf8JsonReader customer, IBufferWriter<byte> output, bool withType)
    {
        using var account = new Utf8JsonWriter(output, new() { SkipValidation = true });
        account.WriteStartObject();
        if (withType)
        {
            account.WriteString("@odata.type"u8, "Microsoft.Dynamics.CRM.account"u8);
        }

        account.WriteNumber("customertypecode"u8, 3);
        account.WriteString("transactioncurrencyid@odata.bind"u8, currency.EncodedUtf8Bytes);
        account.WriteString("ownerid@odata.bind"u8, owner.EncodedUtf8Bytes);
        while (customer.Read() && customer.TokenType == JsonTokenType.PropertyName)
        {
            var field = Find(ref customer);
            _ = customer.Read();
            if (field >= 0)
            {
                Copy(ref customer, account, fields[field].Integration);
            }
        }

        account.WriteEndObject();
    }

    private int Find(ref Utf8JsonReader name)
    {
        for (var field = 0; field < fields.Length; field++)
        {
            if (name.ValueTextEquals(fields[field].Local))
            {
                return field;
            }
        }

        return -1;
    }

    private static void Copy(ref Utf8JsonReader value, Utf8JsonWriter account, JsonEncodedText name)
    {
        if (value.TokenType == JsonTokenType.Number)
        {
            account.WritePropertyName(name);
            account.WriteRawValue(value.ValueSpan, skipInputValidation: true);
        }
        else if (value.ValueIsEscaped)
        {
            account.WriteString(name, value.GetString());
        }
        else if (value.ValueSpan.Length > 0)
        {
            account.WriteString(name, value.ValueSpan);
        }
    }
}
