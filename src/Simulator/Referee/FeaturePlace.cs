using System.Text;

namespace Leda.Harness.Simulator.Referee;

/// <summary>A place below a feature, ready to be looked for in many messages.</summary>
internal sealed class FeaturePlace
{
    /// <param name="text">A JSON pointer below the feature, without characters that JSON pointers escape.</param>
    public FeaturePlace(string text)
    {
        Text = text;
        var end = 0;
        Names = [.. text.Split('/')[1..].Select(name => (end += 1 + name.Length, Encoding.UTF8.GetBytes(name)))];
    }

    /// <summary>The pointer.</summary>
    public string Text { get; }

    /// <summary>The names on the way down, each with where it ends in the text.</summary>
    public (int End, byte[] Name)[] Names { get; }
}
