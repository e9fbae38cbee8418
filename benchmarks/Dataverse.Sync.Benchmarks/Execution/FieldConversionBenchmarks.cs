using BenchmarkDotNet.Attributes;
using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Benchmarks.Execution;

/// <summary>What does it cost to convert a value to the type and length of the other side's field, beside cutting a text to that length?</summary>
[MemoryDiagnoser]
public class FieldConversionBenchmarks
{
    private const int MaxLength = 50;

    private readonly FieldSchema text = new() { Name = "text", Type = FieldType.Text, MaxLength = MaxLength };
    private readonly FieldSchema code = new() { Name = "code", Type = FieldType.Text, MaxLength = MaxLength, IsCode = true };
    private readonly FieldSchema number = new() { Name = "number", Type = FieldType.Integer };
    private readonly FieldSchema amount = new() { Name = "amount", Type = FieldType.Decimal };
    private readonly FieldSchema choice = new()
    {
        Name = "choice",
        Type = FieldType.Choice,
        Options = [new(FieldValue.Integer(0), "Company"), new(FieldValue.Integer(1), "Person"), new(FieldValue.Integer(2), "Partner")],
    };

    private readonly FieldValue shortText = FieldValue.Text("705 West Peachtree Street");
    private readonly FieldValue longText = FieldValue.Text("705 West Peachtree Street, second floor, at the end of the corridor to the left");
    private readonly FieldValue amountValue = FieldValue.Decimal(20_000m);
    private readonly FieldValue option = FieldValue.Text("Partner");

    [Benchmark(Baseline = true)]
    public FieldValue CutText() => FieldValue.Text(longText.AsText()[..MaxLength]);

    [Benchmark]
    public FieldValue TextThatFits() => ValueConversion.Convert(shortText, text, text);

    [Benchmark]
    public FieldValue TextThatIsCut() => ValueConversion.Convert(longText, text, text);

    [Benchmark]
    public FieldValue Code() => ValueConversion.Convert(shortText, text, code);

    [Benchmark]
    public FieldValue AmountToNumber() => ValueConversion.Convert(amountValue, amount, number);

    [Benchmark]
    public FieldValue TextToChoice() => ValueConversion.Convert(option, text, choice);
}
